package dev.trainyard.dataset.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files in a tar by going from header to header; what is between them is skipped, not
 * read. Links and devices are left out. Holds one entry a file, and of long names only those that
 * are no longer than any file system's.
 */
final class TarDirectory {

  private static final int ENTRY_BYTES = 150; // in memory, beside the name
  private static final int MOST_DESCRIPTION = 1 << 16;
  private static final String CUT_OFF =
      "The tar archive ends too early, as if the upload had been cut off";

  /** Where a file's bytes are; offset -1 when they are not there in one piece. */
  record Place(long offset, long size) {}

  private final FileChannel file;
  private final long length;
  private final ArchiveLimits limits;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private long position;
  private long memory;
  private @Nullable String longName;
  private @Nullable Long longSize;
  private boolean sparse;

  private TarDirectory(FileChannel file, ArchiveLimits limits) throws IOException {
    this.file = file;
    this.length = file.size();
    this.limits = limits;
  }

  /**
   * In the archive's own order; of several states of a file the first.
   *
   * @throws ArchiveException when it is damaged, ends too early, or exceeds a limit
   */
  static Map<String, Place> read(FileChannel file, ArchiveLimits limits) throws IOException {
    TarDirectory directory = new TarDirectory(file, limits);
    while (directory.next()) {
      // One header after the other.
    }
    return directory.places;
  }

  private boolean next() throws IOException {
    byte[] block = take(TarHeader.SIZE);
    if (TarHeader.isEnd(block)) {
      return false;
    }
    TarHeader header = TarHeader.of(block);
    switch (header.type()) {
      case 'L' ->
          longName = new String(description(header), StandardCharsets.UTF_8).split("\0", 2)[0];
      case 'x' -> readPax(description(header));
      case 'K', 'g' -> skip(header.size());
      default -> add(header, block);
    }
    return true;
  }

  private void add(TarHeader header, byte[] block) throws IOException {
    if (header.type() == 'S') {
      sparse = true;
      boolean more = block[482] != 0;
      while (more) {
        more = take(TarHeader.SIZE)[504] != 0;
      }
    }
    String name = longName == null ? header.name() : longName;
    long size = longSize == null ? header.stored() : longSize;
    if ((header.isFile() || sparse) && !name.endsWith("/")) {
      memory += ENTRY_BYTES + 2L * name.length();
      if (places.size() >= limits.maxEntries() || memory > limits.maxDirectoryBytes()) {
        throw limits.tooManyEntries("The tar archive", places.size() + 1L);
      }
      places.putIfAbsent(name, new Place(sparse ? -1 : position, size));
    }
    skip(size);
    longName = null;
    longSize = null;
    sparse = false;
  }

  private byte[] description(TarHeader header) throws IOException {
    if (header.size() > MOST_DESCRIPTION) {
      throw new ArchiveException(
          "The tar archive describes a file with %d bytes; no name is that long"
              .formatted(header.size()));
    }
    long start = position;
    byte[] bytes = take((int) header.size());
    position = start;
    skip(header.size());
    return bytes;
  }

  /** Lines {@code length key=value\n}, of which the length counts everything. */
  private void readPax(byte[] lines) throws ArchiveException {
    int at = 0;
    while (at < lines.length && lines[at] != 0) {
      int blank = at;
      while (blank < lines.length && lines[blank] != ' ') {
        blank++;
      }
      String digits = new String(lines, at, blank - at, StandardCharsets.US_ASCII);
      int end = digits.matches("[0-9]{1,6}") ? at + Integer.parseInt(digits) : -1;
      if (end <= blank || end > lines.length) {
        throw new ArchiveException("The tar archive is broken: a pax header cannot be read");
      }
      String line = new String(lines, blank + 1, end - blank - 2, StandardCharsets.UTF_8);
      take(
          line.substring(0, Math.max(0, line.indexOf('='))), line.substring(line.indexOf('=') + 1));
      at = end;
    }
  }

  private void take(String key, String value) throws ArchiveException {
    if (key.equals("path")) {
      longName = value;
    } else if (key.equals("size")) {
      if (!value.matches("[0-9]{1,18}")) {
        throw new ArchiveException("The tar archive is broken: an entry's size is no number");
      }
      longSize = Long.valueOf(value);
    } else if (key.startsWith("GNU.sparse.")) {
      sparse = true;
    }
  }

  private void skip(long size) throws ArchiveException {
    long padded = size + (TarHeader.SIZE - size % TarHeader.SIZE) % TarHeader.SIZE;
    if (padded < 0 || padded > length - position) {
      throw new ArchiveException(CUT_OFF);
    }
    position += padded;
  }

  private byte[] take(int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, position + buffer.position()) < 0) {
        throw new ArchiveException(CUT_OFF);
      }
    }
    position += size;
    return buffer.array();
  }
}
