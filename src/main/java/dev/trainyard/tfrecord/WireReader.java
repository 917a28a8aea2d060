package dev.trainyard.tfrecord;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads Protocol Buffers' wire format; unknown fields are skipped, as the format asks for. */
final class WireReader {

  private final ByteBuffer in;
  private int field;
  private int wireType;

  WireReader(ByteBuffer in) {
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() throws CorruptRecordException {
    if (!in.hasRemaining()) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) tag & 7;
    if (tag >>> 3 == 0 || tag >>> 32 != 0) {
      throw malformed("field number " + (tag >>> 3));
    }
    return true;
  }

  boolean hasRemaining() {
    return in.hasRemaining();
  }

  boolean at(int number, int type) {
    return field == number && wireType == type;
  }

  /** The content of the delimited field that {@link #next} stands at. */
  ByteBuffer delimited() throws CorruptRecordException {
    long length = varint();
    if (length < 0 || length > in.remaining()) {
      throw malformed("length " + Long.toUnsignedString(length) + " of field " + field);
    }
    ByteBuffer content = in.slice(in.position(), (int) length);
    in.position(in.position() + (int) length);
    return content;
  }

  long varint() throws CorruptRecordException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = take();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("a varint of more than 10 bytes");
  }

  float fixed32() throws CorruptRecordException {
    try {
      return in.getFloat();
    } catch (BufferUnderflowException e) {
      throw malformed("the message ends within a number");
    }
  }

  void skip() throws CorruptRecordException {
    switch (wireType) {
      case WireWriter.VARINT -> varint();
      case WireWriter.FIXED64 -> {
        fixed32();
        fixed32();
      }
      case WireWriter.DELIMITED -> delimited();
      case WireWriter.FIXED32 -> fixed32();
      default -> throw malformed("wire type " + wireType + " of field " + field);
    }
  }

  private byte take() throws CorruptRecordException {
    if (!in.hasRemaining()) {
      throw malformed("the message ends within a field");
    }
    return in.get();
  }

  private CorruptRecordException malformed(String what) {
    return new CorruptRecordException(
        "Not a tf.train.Example: at byte " + in.position() + ": " + what);
  }
}
