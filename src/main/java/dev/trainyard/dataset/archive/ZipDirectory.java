package dev.trainyard.dataset.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The end of a zip, read before anything else, because whoever opens a zip holds its whole table of
 * contents in memory (PKWARE's APPNOTE, 4.3.14 to 4.3.16).
 *
 * @param entries in it
 * @param bytes of its table of contents
 * @param start of it in the file
 * @param shift what is to be added to the offsets in it, where something stands before the zip
 */
record ZipDirectory(long entries, long bytes, long start, long shift) {

  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_SIZE = 56;

  static ZipDirectory read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      int length = (int) Math.min(channel.size(), END_SIZE + MAX_COMMENT);
      long start = channel.size() - length;
      ByteBuffer tail = read(channel, start, length);
      for (int at = length - END_SIZE; at >= 0; at--) {
        if (tail.getInt(at) == END && at + END_SIZE + (tail.getShort(at + 20) & 0xFFFF) == length) {
          return of(channel, tail, at, start + at);
        }
      }
    }
    throw new ArchiveException("The zip archive ends too early, as if the upload had been cut off");
  }

  private static ZipDirectory of(FileChannel channel, ByteBuffer tail, int at, long end)
      throws IOException {
    long entries = tail.getShort(at + 10) & 0xFFFFL;
    long bytes = tail.getInt(at + 12) & 0xFFFFFFFFL;
    boolean large = entries == 0xFFFF || bytes == 0xFFFFFFFFL;
    if (large && end >= LOCATOR_SIZE) {
      ByteBuffer locator = read(channel, end - LOCATOR_SIZE, LOCATOR_SIZE);
      long end64 = locator.getLong(8);
      if (locator.getInt(0) == LOCATOR && end64 >= 0 && end64 <= end - END64_SIZE) {
        ByteBuffer record = read(channel, end64, END64_SIZE);
        if (record.getInt(0) == END64) {
          return before(end64, record.getLong(32), record.getLong(40), record.getLong(48));
        }
      }
    }
    return before(end, entries, bytes, tail.getInt(at + 16) & 0xFFFFFFFFL);
  }

  private static ZipDirectory before(long end, long entries, long bytes, long offset) {
    return new ZipDirectory(entries, bytes, end - bytes, end - bytes - offset);
  }

  static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // Until it is full, or the file shorter than it was.
    }
    return buffer;
  }
}
