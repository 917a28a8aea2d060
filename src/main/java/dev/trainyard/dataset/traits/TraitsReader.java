package dev.trainyard.dataset.traits;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/** Reads the file from its beginning to its end, and says whether it is what was written. */
final class TraitsReader implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final CRC32C crc = new CRC32C();
  private final DataInputStream in;
  private final TraitsTotals totals;
  private final long rowsEnd;
  private long position = TraitsFormat.HEADER;
  private int read;

  TraitsReader(Path file) throws IOException {
    this.rowsEnd = Files.size(file) - TraitsFormat.FOOTER;
    this.in =
        new DataInputStream(
            new CheckedInputStream(
                new BufferedInputStream(Files.newInputStream(file), BUFFER), crc));
    try {
      this.totals = TraitsFormat.totals(take(TraitsFormat.HEADER));
      long rows = (rowsEnd - position) / TraitsFormat.ROW;
      if (totals.images() < 0 || totals.images() > rows) {
        throw new DamagedTraitsException("ends too early");
      }
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  TraitsTotals totals() {
    return totals;
  }

  /** Where the next row begins. */
  long position() {
    return position;
  }

  /** Null after the last, if all was what was written. */
  @Nullable KnownImage next() throws IOException {
    if (read == totals.images()) {
      byte[] sum = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
      if (position != rowsEnd || !Arrays.equals(sum, take(TraitsFormat.FOOTER))) {
        throw new DamagedTraitsException("does not fit its checksum");
      }
      return null;
    }
    byte[] fixed = take(TraitsFormat.ROW);
    int name = TraitsFormat.nameLength(fixed);
    if (name < 0 || name > rowsEnd - position - TraitsFormat.ROW) {
      throw new DamagedTraitsException("does not fit its checksum");
    }
    byte[] row = Arrays.copyOf(fixed, TraitsFormat.ROW + name);
    System.arraycopy(take(name), 0, row, TraitsFormat.ROW, name);
    position += row.length;
    read++;
    return TraitsFormat.image(row);
  }

  private byte[] take(int length) throws IOException {
    byte[] bytes = new byte[length];
    try {
      in.readFully(bytes);
    } catch (EOFException e) {
      throw new DamagedTraitsException("ends too early");
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
