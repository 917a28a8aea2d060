package dev.trainyard.tfrecord;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads what can still be read of a TFRecord file that may be damaged. Behind a record whose bytes
 * are damaged the next one follows as its length says; behind a damaged length the next record is
 * looked for byte by byte. Not for concurrent use.
 */
public final class TfRecordSalvage implements Closeable {

  private static final int BLOCK = 1 << 20;

  private final FileChannel file;
  private final long size;
  private final int largest;
  private long position;

  /**
   * A record, or a stretch that holds none.
   *
   * @param offset where it begins in the file
   * @param bytes as they are; empty for a stretch without a readable length
   * @param damage what is wrong; null for a good record
   */
  public record Frame(long offset, byte[] bytes, @Nullable String damage) {}

  public TfRecordSalvage(Path file) throws IOException {
    this(file, Integer.MAX_VALUE - Long.BYTES);
  }

  /**
   * @param largest bytes of a record that is taken; a larger one is stepped over
   */
  public TfRecordSalvage(Path file, int largest) throws IOException {
    this.file = FileChannel.open(file);
    this.size = this.file.size();
    this.largest = largest;
  }

  /** Records up to the first damaged length, going from length to length. */
  public static long count(Path file) throws IOException {
    try (TfRecordSalvage records = new TfRecordSalvage(file)) {
      long count = 0;
      for (long at = 0; at < records.size; count++) {
        int length = records.lengthAt(at);
        if (length < 0) {
          return count;
        }
        at += length + TfRecordWriter.overhead();
      }
      return count;
    }
  }

  /** The next record, good or bad, or null at the end of the file. */
  public @Nullable Frame next() throws IOException {
    if (position == size) {
      return null;
    }
    long start = position;
    int length = lengthAt(start);
    if (length < 0) {
      position = nextGood(start + 1);
      return new Frame(
          start,
          new byte[0],
          "its length is damaged; the next record is at byte %d".formatted(position));
    }
    if (length > largest) {
      position = start + length + TfRecordWriter.overhead();
      return new Frame(
          start, new byte[0], "it has %d bytes; up to %d are taken".formatted(length, largest));
    }
    byte[] bytes = take(start + TfRecordWriter.HEADER, length);
    position = start + length + TfRecordWriter.overhead();
    String damage = isIntact(start, bytes) ? null : "the checksum of its bytes does not fit";
    return new Frame(start, bytes, damage);
  }

  /** -1 when no record whose length can be believed begins there. */
  private int lengthAt(long offset) throws IOException {
    long remaining = size - offset - TfRecordWriter.overhead();
    return remaining < 0 ? -1 : length(take(offset, TfRecordWriter.HEADER), 0, remaining);
  }

  private static int length(byte[] header, int at, long most) {
    ByteBuffer frame = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long length = frame.getLong(at);
    return length >= 0
            && length <= Math.min(most, Integer.MAX_VALUE - Long.BYTES)
            && frame.getInt(at + Long.BYTES) == MaskedCrc32c.of(header, at, Long.BYTES)
        ? (int) length
        : -1;
  }

  private boolean isIntact(long start, byte[] bytes) throws IOException {
    byte[] footer = take(start + TfRecordWriter.HEADER + bytes.length, TfRecordWriter.FOOTER);
    return ByteBuffer.wrap(footer).order(ByteOrder.LITTLE_ENDIAN).getInt()
        == MaskedCrc32c.of(bytes, 0, bytes.length);
  }

  /**
   * Where the next length can be believed; the end of the file when there is none. Its record is
   * not looked at: who makes up lengths could have all the rest read again for every dozen bytes.
   */
  private long nextGood(long from) throws IOException {
    for (long block = from; block < size; block += BLOCK) {
      byte[] bytes = take(block, (int) Math.min(BLOCK + TfRecordWriter.HEADER - 1, size - block));
      for (int at = 0; at + TfRecordWriter.HEADER <= bytes.length && at < BLOCK; at++) {
        if (length(bytes, at, size - block - at - TfRecordWriter.overhead()) >= 0) {
          return block + at;
        }
      }
    }
    return size;
  }

  private byte[] take(long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) < 0) {
        throw new CorruptRecordException("The file became shorter while it was read");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
