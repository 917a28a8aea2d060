package dev.trainyard.model.imports;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a tar may have between two files. Names come in entries of their own, which the tar reader
 * holds in memory however long they are; and what it skips costs time.
 */
final class HeaderBudget extends FilterInputStream {

  private static final long MOST = 1 << 20;

  private long left = Long.MAX_VALUE;

  HeaderBudget(InputStream in) {
    super(in);
  }

  /** Goes from one file to the next. */
  interface Step<T> {
    T take() throws IOException;
  }

  <T> T within(Step<T> step) throws IOException {
    left = MOST;
    try {
      return step.take();
    } finally {
      left = Long.MAX_VALUE;
    }
  }

  @Override
  public int read() throws IOException {
    return taken(super.read(), 1);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    return taken(read, read);
  }

  @Override
  public long skip(long bytes) throws IOException {
    long skipped = super.skip(bytes);
    taken(0, skipped);
    return skipped;
  }

  private int taken(int result, long bytes) throws IOException {
    left -= result < 0 ? 0 : bytes;
    if (left < 0) {
      throw new IOException("more than %,d bytes stand between two files".formatted(MOST));
    }
    return result;
  }
}
