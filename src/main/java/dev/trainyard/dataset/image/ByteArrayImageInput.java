package dev.trainyard.dataset.image;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory for Image I/O, whose own stream would hold them a second time. */
final class ByteArrayImageInput extends ImageInputStreamImpl {

  /** A decoder may look a few bytes ahead. */
  private static final int MOST_READS_AT_END = 64;

  /** Beside what pixels take. */
  private static final long ALWAYS = 32L << 20;

  /** As ints, as bytes, and in the format that is asked for. */
  private static final long BYTES_A_PIXEL = 40;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final byte[] bytes;
  private final long most;
  private int reads;
  private int readsAtEnd;

  /**
   * @param pixels that are to be decoded; a decoder that takes far more memory than for them is
   *     stopped at its next read
   */
  ByteArrayImageInput(byte[] bytes, long pixels) {
    this.bytes = bytes;
    this.most =
        THREADS.getCurrentThreadAllocatedBytes() + ALWAYS + BYTES_A_PIXEL * pixels + bytes.length;
  }

  @Override
  public int read() throws IOException {
    requireModest();
    bitOffset = 0;
    return streamPos >= bytes.length ? end() : bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    requireModest();
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return end();
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, to, offset, count);
    streamPos += count;
    return count;
  }

  /**
   * The tables of a lossless WebP are as many as its writer likes, five thousand times its bytes.
   */
  private void requireModest() throws IOException {
    if ((++reads & 63) == 0 && THREADS.getCurrentThreadAllocatedBytes() > most) {
      throw new IOException("it takes far more memory than its pixels do");
    }
  }

  /** The WebP reader takes zeros for what is not there: for as many pixels as a header claims. */
  private int end() throws IOException {
    if (++readsAtEnd > MOST_READS_AT_END) {
      throw new IOException("it ends too early");
    }
    return -1;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
