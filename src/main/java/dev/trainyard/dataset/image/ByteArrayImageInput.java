package dev.trainyard.dataset.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory for Image I/O, whose own stream would hold them a second time. */
final class ByteArrayImageInput extends ImageInputStreamImpl {

  /** A decoder may look a few bytes ahead. */
  private static final int MOST_READS_AT_END = 64;

  private final byte[] bytes;
  private int readsAtEnd;

  ByteArrayImageInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    return streamPos >= bytes.length ? end() : bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return end();
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, to, offset, count);
    streamPos += count;
    return count;
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
