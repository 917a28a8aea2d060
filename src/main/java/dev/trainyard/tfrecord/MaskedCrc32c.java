package dev.trainyard.tfrecord;

import java.util.zip.CRC32C;

/**
 * CRC-32C, rotated and offset, because a checksum over data that holds its own checksum says little
 * (TensorFlow, {@code tsl/lib/hash/crc32c.h}).
 */
final class MaskedCrc32c {

  private static final int OFFSET = 0xa282ead8;

  private MaskedCrc32c() {}

  static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + OFFSET;
  }
}
