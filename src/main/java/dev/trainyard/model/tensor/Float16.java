package dev.trainyard.model.tensor;

/** IEEE 754's half precision, and the upper half of a float, which Java has no types for. */
final class Float16 {

  private static final int EXPONENT_BITS = 0x7c00;
  private static final float SMALLEST_NORMAL = 0x1p-14f;
  private static final float UNIT = 0x1p-24f;

  private Float16() {}

  static float ofHalf(short bits) {
    int magnitude = bits & 0x7fff;
    float sign = bits < 0 ? -1f : 1f;
    if (magnitude >= EXPONENT_BITS) {
      return magnitude == EXPONENT_BITS ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    int exponent = magnitude >> 10;
    int fraction = magnitude & 0x3ff;
    return exponent == 0
        ? sign * fraction * UNIT
        : sign * Math.scalb(1024 + fraction, exponent - 25);
  }

  /** The nearest half, to the even one of two; infinity for what is too large. */
  static short toHalf(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | EXPONENT_BITS | 0x200);
    }
    if (magnitude < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(magnitude / UNIT));
    }
    int exponent = Math.getExponent(magnitude);
    if (exponent > 15) {
      return (short) (sign | EXPONENT_BITS);
    }
    int fraction = (int) Math.rint(Math.scalb(magnitude, 10 - exponent)); // 1024 to 2048
    return (short) (sign | ((exponent + 14 << 10) + fraction)); // a carry goes to the exponent
  }

  static float ofBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** The nearest one, to the even one of two. */
  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.isNaN(value)
        ? (short) (bits >>> 16 | 0x40)
        : (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }
}
