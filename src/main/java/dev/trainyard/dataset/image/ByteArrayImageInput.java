package dev.trainyard.dataset.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory for Image I/O, whose own stream would hold them a second time. */
final class ByteArrayImageInput extends ImageInputStreamImpl {

  private final byte[] bytes;

  ByteArrayImageInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos >= bytes.length ? -1 : bytes[(int) streamPos++] & 0xFF;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(length, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, to, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
