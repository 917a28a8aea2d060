package dev.trainyard.tfrecord;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The part of Protocol Buffers' wire format that {@code tf.train.Example} needs, into a buffer that
 * has been measured beforehand.
 */
final class WireWriter {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int DELIMITED = 2;
  static final int FIXED32 = 5;

  private final ByteBuffer out;

  WireWriter(int size) {
    this.out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Tag and length of a message, string or packed list; its content follows. */
  WireWriter open(int field, int length) {
    return varint(field << 3 | DELIMITED).varint(length);
  }

  WireWriter bytes(int field, byte[] value) {
    open(field, value.length);
    out.put(value);
    return this;
  }

  WireWriter varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.put((byte) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
    return this;
  }

  WireWriter fixed32(float value) {
    out.putFloat(value);
    return this;
  }

  byte[] toBytes() {
    return out.array();
  }

  /** Bytes of a delimited field whose number is below 16. */
  static int sizeOfDelimited(int length) {
    return 1 + sizeOfVarint(length) + length;
  }

  static int sizeOfVarint(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }
}
