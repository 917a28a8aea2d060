package dev.trainyard.tfrecord;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads an uncompressed TFRecord file, record by record. A length is believed only when its
 * checksum fits and the rest of the file is that long, so a damaged file never costs memory. Not
 * for concurrent use.
 */
public final class TfRecordReader implements Closeable {

  private final Path file;
  private final long size;
  private final InputStream in;
  private long offset;

  public TfRecordReader(Path file) throws IOException {
    this(file, 0);
  }

  /**
   * @param offset of the first record to read, where one begins
   */
  public TfRecordReader(Path file, long offset) throws IOException {
    this.file = file;
    this.size = Files.size(file);
    this.offset = offset;
    InputStream stream = Files.newInputStream(file);
    stream.skipNBytes(offset);
    this.in = new BufferedInputStream(stream, 1 << 16);
  }

  /**
   * The next record, or null at the end of the file.
   *
   * @throws CorruptRecordException when the file ends within a record or a checksum does not fit
   */
  public byte @Nullable [] read() throws IOException {
    if (offset == size) {
      return null;
    }
    byte[] header = take(TfRecordWriter.HEADER, "its length");
    ByteBuffer frame = littleEndian(header);
    long length = frame.getLong();
    if (frame.getInt() != MaskedCrc32c.of(header, 0, Long.BYTES)) {
      throw corrupt("the checksum of its length does not fit");
    }
    long remaining = size - offset - TfRecordWriter.HEADER - TfRecordWriter.FOOTER;
    if (length < 0 || length > remaining || length > Integer.MAX_VALUE - Long.BYTES) {
      throw corrupt(
          "it claims " + Long.toUnsignedString(length) + " bytes, the file holds " + remaining);
    }
    byte[] bytes = take((int) length, "its bytes");
    byte[] footer = take(TfRecordWriter.FOOTER, "its checksum");
    if (littleEndian(footer).getInt() != MaskedCrc32c.of(bytes, 0, bytes.length)) {
      throw corrupt("the checksum of its bytes does not fit");
    }
    offset += TfRecordWriter.overhead() + length;
    return bytes;
  }

  private byte[] take(int length, String what) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw corrupt("the file ends within " + what);
    }
    return bytes;
  }

  private CorruptRecordException corrupt(String what) {
    return new CorruptRecordException(file + ": record at byte " + offset + ": " + what);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
