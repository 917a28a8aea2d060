package dev.trainyard.trainer.export;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size that an image file claims, read without decoding it: a few kilobytes can claim to be
 * gigabytes.
 */
record ImageHeader(int width, int height) {

  private static final long PNG = 0x89504e470d0a1a0aL;
  private static final int JPEG = 0xffd8;

  /** Pixels. */
  long area() {
    return (long) width * height;
  }

  /** Empty when the bytes are neither a JPEG nor a PNG, or end before their size. */
  static Optional<ImageHeader> of(byte[] image) {
    ByteBuffer bytes = ByteBuffer.wrap(image);
    try {
      if (bytes.getLong(0) == PNG) {
        return Optional.of(new ImageHeader(bytes.getInt(16), bytes.getInt(20)));
      }
      return Short.toUnsignedInt(bytes.getShort()) == JPEG ? jpeg(bytes) : Optional.empty();
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Skips from segment to segment to the frame header (ITU T.81, B.2.2). */
  private static Optional<ImageHeader> jpeg(ByteBuffer bytes) {
    while (true) {
      int marker = marker(bytes);
      boolean standsAlone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
      if (standsAlone) {
        continue;
      }
      int start = bytes.position();
      int length = Short.toUnsignedInt(bytes.getShort());
      if (isFrame(marker)) {
        bytes.get(); // bits a sample
        int height = Short.toUnsignedInt(bytes.getShort());
        return Optional.of(new ImageHeader(Short.toUnsignedInt(bytes.getShort()), height));
      }
      bytes.position(Math.addExact(start, length));
    }
  }

  private static int marker(ByteBuffer bytes) {
    int marker = 0;
    while (marker == 0 || marker == 0xff) { // fill bytes may come before it
      marker = Byte.toUnsignedInt(bytes.get());
    }
    return marker;
  }

  /** Start of frame, but not the three codes among them that mean something else. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }
}
