package dev.trainyard.dataset.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An uncompressed tar: its files are read where they are. */
final class TarArchive implements Archive {

  private final FileChannel file;
  private final Map<String, TarDirectory.Place> places;
  private final ArchiveLimits limits;

  private TarArchive(
      FileChannel file, Map<String, TarDirectory.Place> places, ArchiveLimits limits) {
    this.file = file;
    this.places = places;
    this.limits = limits;
  }

  static TarArchive open(Path path, ArchiveLimits limits) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new TarArchive(file, TarDirectory.read(file, limits), limits);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public List<ArchiveEntry> entries() {
    return places.entrySet().stream()
        .map(place -> new ArchiveEntry(place.getKey(), place.getValue().size()))
        .toList();
  }

  @Override
  public byte[] read(String name) throws IOException {
    TarDirectory.Place place = place(name);
    limits.requireEntry(place.size());
    return Stretch.read(file, place.offset(), place.size());
  }

  @Override
  public InputStream open(String name) throws IOException {
    TarDirectory.Place place = place(name);
    return new BufferedInputStream(new Stretch(file, place.offset(), place.size()), 1 << 16);
  }

  private TarDirectory.Place place(String name) throws ArchiveException {
    TarDirectory.Place place = places.get(name);
    if (place == null) {
      throw new ArchiveException("is not in the archive");
    }
    if (place.offset() < 0) {
      throw new ArchiveException("is a sparse file; pack it without --sparse");
    }
    return place;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
