package dev.trainyard.dataset.archive;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where a zip's entries are. The JDK reads and checks the table of contents, but hands out entries
 * only through one lock; their offsets are read beside it, so that all threads can read at once
 * (PKWARE's APPNOTE, 4.3.7 and 4.3.12).
 */
final class ZipPlaces {

  private static final int HEADER = 46;
  private static final int ZIP64 = 0x0001;
  private static final long ELSEWHERE = 0xFFFFFFFFL;

  /**
   * An entry.
   *
   * @param header offset of its own header in the file
   * @param stored bytes in the file
   * @param size once they are unpacked
   */
  record Place(long header, long stored, long size, long crc, boolean deflated) {

    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_SIZE = 30;

    /** Of a byte; deflate's limit is 1032 (zlib, Technical Details). */
    private static final long MOST_OF_A_BYTE = 1032;

    long mostUnfolded() {
      return deflated ? stored * MOST_OF_A_BYTE : stored;
    }

    /** Offset of its bytes. */
    long data(FileChannel file) throws IOException {
      ByteBuffer local = ZipDirectory.read(file, Math.max(0, header), LOCAL_SIZE);
      if (header < 0 || local.hasRemaining() || local.getInt(0) != LOCAL) {
        throw new ArchiveException("is damaged in the archive: it has no header");
      }
      return header + LOCAL_SIZE + (local.getShort(26) & 0xFFFF) + (local.getShort(28) & 0xFFFF);
    }
  }

  private ZipPlaces() {}

  /** Of all files by name, in the zip's order; of those with the same name, the first. */
  static Map<String, Place> of(FileChannel file, ZipDirectory directory, ZipFile zip)
      throws IOException {
    Map<String, Place> places = new LinkedHashMap<>();
    InputStream table = new Stretch(file, directory.start(), directory.bytes());
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(table, 1 << 16))) {
      for (Iterator<? extends ZipEntry> all = zip.stream().iterator(); all.hasNext(); ) {
        ZipEntry entry = all.next();
        long header = directory.shift() + offset(in, entry);
        if (!entry.isDirectory()) {
          places.putIfAbsent(
              entry.getName(),
              new Place(
                  header,
                  entry.getCompressedSize(),
                  entry.getSize(),
                  entry.getCrc(),
                  entry.getMethod() == ZipEntry.DEFLATED));
        }
      }
    } catch (EOFException | IllegalArgumentException e) {
      throw damaged(); // also when the JDK meets a name in no encoding that it did not check
    }
    return places;
  }

  private static long offset(DataInputStream in, ZipEntry expected) throws IOException {
    ByteBuffer header = read(in, HEADER);
    if ((header.getInt(16) & ELSEWHERE) != expected.getCrc()) {
      throw damaged(); // or the JDK lists entries in another order
    }
    in.skipNBytes(header.getShort(28) & 0xFFFF); // its name
    ByteBuffer extra = read(in, header.getShort(30) & 0xFFFF);
    in.skipNBytes(header.getShort(32) & 0xFFFF); // a comment
    long offset = header.getInt(42) & ELSEWHERE;
    return offset == ELSEWHERE ? large(header, extra) : offset;
  }

  /** In an extra field, after the sizes that do not fit either. */
  private static long large(ByteBuffer header, ByteBuffer extra) throws ArchiveException {
    int before = 0;
    for (int size : new int[] {20, 24}) {
      before += (header.getInt(size) & ELSEWHERE) == ELSEWHERE ? Long.BYTES : 0;
    }
    int length;
    for (int at = 0; at + 4 <= extra.capacity(); at += 4 + length) {
      length = extra.getShort(at + 2) & 0xFFFF;
      if (extra.getShort(at) == ZIP64
          && length >= before + Long.BYTES
          && at + 4 + length <= extra.capacity()) {
        return extra.getLong(at + 4 + before);
      }
    }
    throw damaged();
  }

  static ArchiveException damaged() {
    return new ArchiveException("The zip archive's table of contents is damaged");
  }

  private static ByteBuffer read(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw damaged();
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
