package dev.trainyard.dataset.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
    if (place.size() > limits.maxEntryBytes()) {
      throw new ArchiveException(
          "has %d bytes; up to %d are taken".formatted(place.size(), limits.maxEntryBytes()));
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) place.size());
    while (bytes.hasRemaining()) {
      if (file.read(bytes, place.offset() + bytes.position()) < 0) {
        throw new ArchiveException("is damaged in the archive: it ends too early");
      }
    }
    return bytes.array();
  }

  @Override
  public InputStream open(String name) throws IOException {
    return new BufferedInputStream(new Stretch(place(name)), 1 << 16);
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

  /** The bytes of one file; others read elsewhere in the archive meanwhile. */
  private final class Stretch extends InputStream {

    private long position;
    private final long end;

    Stretch(TarDirectory.Place place) {
      this.position = place.offset();
      this.end = place.offset() + place.size();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (position == end) {
        return -1;
      }
      int most = (int) Math.min(length, end - position);
      int read = file.read(ByteBuffer.wrap(bytes, offset, most), position);
      position += Math.max(0, read);
      return read;
    }
  }
}
