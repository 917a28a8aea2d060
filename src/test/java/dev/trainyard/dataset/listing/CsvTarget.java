package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveEntry;
import dev.trainyard.dataset.archive.ArchiveException;
import dev.trainyard.fuzz.FuzzTarget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists an archive: up to the first NUL its entries' names, one a line; up to the next labels, and
 * then the rows.
 */
public final class CsvTarget implements FuzzTarget {

  @Override
  public void take(byte[] bytes) throws Exception {
    byte[][] parts = {{}, {}, {}};
    int from = 0;
    for (int part = 0; part < 3; part++) {
      int end = from;
      while (end < bytes.length && (part == 2 || bytes[end] != 0)) {
        end++;
      }
      parts[part] = Arrays.copyOfRange(bytes, from, end);
      from = Math.min(bytes.length, end + 1);
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    new String(parts[0], StandardCharsets.UTF_8)
        .lines()
        .forEach(name -> files.put(name, new byte[0]));
    files.put("labels.txt", parts[1]);
    files.put("train.csv", parts[2]);
    try {
      Contents contents = new Contents(entries(files));
      Layout layout = new LayoutRequest(null, null, null).choose(contents);
      Listing listing = Listing.of(new InMemory(files), contents, layout, new BadRecords(1000));
      for (ListedImage image : listing.images()) {
        listing.labels().get(image.label());
      }
    } catch (LayoutException | TooManyBadRecordsException | ArchiveException refused) {
      // As it should be.
    }
  }

  private static List<ArchiveEntry> entries(Map<String, byte[]> files) {
    List<ArchiveEntry> entries = new ArrayList<>();
    files.forEach((name, content) -> entries.add(new ArchiveEntry(name, content.length)));
    return entries;
  }

  private record InMemory(Map<String, byte[]> files) implements Archive {

    @Override
    public List<ArchiveEntry> entries() {
      return CsvTarget.entries(files);
    }

    @Override
    public byte[] read(String name) throws IOException {
      byte[] content = files.get(name);
      if (content == null) {
        throw new ArchiveException("is not in the archive");
      }
      return content;
    }

    @Override
    public InputStream open(String name) throws IOException {
      return new ByteArrayInputStream(read(name));
    }

    @Override
    public void close() {}
  }
}
