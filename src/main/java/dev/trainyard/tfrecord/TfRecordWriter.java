package dev.trainyard.tfrecord;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a TFRecord file. A record is: length (uint64, little-endian), masked CRC of the length,
 * the bytes, masked CRC of the bytes. Not for concurrent use.
 */
public final class TfRecordWriter implements Closeable {

  static final int HEADER = Long.BYTES + Integer.BYTES;
  static final int FOOTER = Integer.BYTES;

  private final OutputStream out;
  private final ByteBuffer frame = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);

  /** Creates the file, or empties the one that is there. */
  public TfRecordWriter(Path file) throws IOException {
    this(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
  }

  /** Writes to {@code out}, which this closes. */
  public TfRecordWriter(OutputStream out) {
    this.out = out;
  }

  public void write(byte[] bytes) throws IOException {
    frame.clear().putLong(bytes.length);
    frame.putInt(MaskedCrc32c.of(frame.array(), 0, Long.BYTES));
    out.write(frame.array(), 0, HEADER);
    out.write(bytes);
    frame.clear().putInt(MaskedCrc32c.of(bytes, 0, bytes.length));
    out.write(frame.array(), 0, FOOTER);
  }

  /** What the framing adds to the bytes of each record. */
  public static int overhead() {
    return HEADER + FOOTER;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
