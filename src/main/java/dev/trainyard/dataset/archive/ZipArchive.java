package dev.trainyard.dataset.archive;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip: its table of contents is in memory, its entries are read where they are. */
final class ZipArchive implements Archive {

  /** What zip programs wrote before they knew of Unicode. */
  private static final Charset BEFORE_UNICODE = Charset.forName("IBM437");

  private final FileChannel file;
  private final Map<String, ZipPlaces.Place> places;
  private final ArchiveLimits limits;

  private ZipArchive(FileChannel file, Map<String, ZipPlaces.Place> places, ArchiveLimits limits) {
    this.file = file;
    this.places = places;
    this.limits = limits;
  }

  /**
   * @throws ArchiveException when it is no zip, ends too early, is encrypted, or exceeds a limit
   */
  static ZipArchive open(Path file, ArchiveLimits limits) throws IOException {
    ZipDirectory directory = ZipDirectory.read(file);
    if (directory.entries() < 0 || directory.entries() > limits.maxEntries()) {
      throw limits.tooManyEntries("The archive", directory.entries());
    }
    if (directory.bytes() < 0 || directory.bytes() > limits.maxDirectoryBytes()) {
      throw new ArchiveException(
          "The archive's table of contents has %d bytes; this service has memory for %d"
              .formatted(directory.bytes(), limits.maxDirectoryBytes()));
    }
    if (directory.start() < 0) {
      throw ZipPlaces.damaged();
    }
    FileChannel channel = FileChannel.open(file);
    try (ZipFile zip = openZip(file)) {
      Map<String, ZipPlaces.Place> places = ZipPlaces.of(channel, directory, zip);
      requireModest(places.values(), channel.size(), limits);
      return new ZipArchive(channel, places, limits);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * No entry shares bytes with another one (D. Fifield, "A better zip bomb"), and all together
   * unfold to no more than is taken.
   */
  private static void requireModest(
      Iterable<ZipPlaces.Place> places, long length, ArchiveLimits limits) throws ArchiveException {
    long stored = 0;
    long unfolded = 0;
    for (ZipPlaces.Place place : places) {
      if (place.stored() < 0 || place.stored() > length - stored) {
        throw new ArchiveException(
            "The zip archive's entries overlap: they claim more bytes than the archive has");
      }
      stored += place.stored();
      unfolded += Math.min(place.size(), place.mostUnfolded());
      limits.requireUnfolded("The zip archive", unfolded, length);
    }
  }

  private static ZipFile openZip(Path file) throws IOException {
    try {
      return openZip(file, StandardCharsets.UTF_8);
    } catch (ZipException e) {
      throw new ArchiveException("The zip archive cannot be read: " + e.getMessage());
    }
  }

  private static ZipFile openZip(Path file, Charset names) throws IOException {
    try {
      return new ZipFile(file.toFile(), names);
    } catch (ZipException e) {
      if (names.equals(BEFORE_UNICODE)
          || !String.valueOf(e.getMessage()).contains("bad entry name")) {
        throw e;
      }
      return openZip(file, BEFORE_UNICODE);
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
    ZipPlaces.Place place = place(name);
    limits.requireEntry(Math.max(place.size(), place.stored()));
    if (place.size() < 0 || place.size() > place.mostUnfolded()) {
      throw wrongLength();
    }
    byte[] stored = Stretch.read(file, place.data(file), place.stored());
    byte[] bytes = place.deflated() ? inflate(stored, (int) place.size()) : stored;
    if (bytes.length != place.size()) {
      throw wrongLength();
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (crc.getValue() != place.crc()) {
      throw new ArchiveException("is damaged in the archive: its checksum does not fit");
    }
    return bytes;
  }

  private static byte[] inflate(byte[] stored, int size) throws ArchiveException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stored);
      byte[] bytes = new byte[size];
      int length = 0;
      for (int n = 1; n > 0 && length < size; length += n) {
        n = inflater.inflate(bytes, length, size - length);
      }
      boolean more = inflater.inflate(new byte[1]) > 0;
      if (length < size || more || !inflater.finished()) {
        throw wrongLength();
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new ArchiveException("is damaged in the archive: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private static ArchiveException wrongLength() {
    return new ArchiveException("is damaged in the archive: its length does not fit");
  }

  @Override
  public InputStream open(String name) throws IOException {
    ZipPlaces.Place place = place(name);
    InputStream stored = new Stretch(file, place.data(file), place.stored());
    return place.deflated()
        ? new Unpacked(stored, place.size())
        : new BufferedInputStream(stored, 1 << 16);
  }

  private ZipPlaces.Place place(String name) throws ArchiveException {
    ZipPlaces.Place place = places.get(name);
    if (place == null) {
      throw new ArchiveException("is not in the archive");
    }
    return place;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Ends where the entry claims to end. */
  private static final class Unpacked extends InflaterInputStream {

    private long left;

    Unpacked(InputStream stored, long size) {
      super(stored, new Inflater(true), 1 << 16);
      left = size;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        return -1;
      }
      int read;
      try {
        read = super.read(bytes, offset, (int) Math.min(length, left));
      } catch (ZipException | EOFException e) {
        throw new ArchiveException("is damaged in the archive: " + e.getMessage());
      }
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }
}
