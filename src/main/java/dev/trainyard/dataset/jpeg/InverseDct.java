package dev.trainyard.dataset.jpeg;

/** Samples of 8 x 8 coefficients (T.81, A.3.3), rows before columns. */
final class InverseDct {

  private static final float[][] BASIS = new float[8][8];

  static {
    for (int frequency = 0; frequency < 8; frequency++) {
      double scale = frequency == 0 ? Math.sqrt(0.125) : 0.5;
      for (int x = 0; x < 8; x++) {
        BASIS[frequency][x] = (float) (scale * Math.cos((2 * x + 1) * frequency * Math.PI / 16));
      }
    }
  }

  private InverseDct() {}

  /**
   * @param coefficients dequantized, in rows; set to zero for the next block
   * @param to takes the 64 samples, around 0
   */
  static void apply(float[] coefficients, float[] rows, float[] to, int offset) {
    for (int y = 0; y < 8; y++) {
      transform(coefficients, 8 * y, 1, rows, 8 * y, 1);
    }
    for (int x = 0; x < 8; x++) {
      transform(rows, x, 8, to, offset + x, 8);
    }
    java.util.Arrays.fill(coefficients, 0);
  }

  /** Even frequencies are symmetric, odd ones are not: half of the products serve twice. */
  private static void transform(
      float[] from, int start, int step, float[] to, int first, int stride) {
    float f0 = from[start];
    float f1 = from[start + step];
    float f2 = from[start + 2 * step];
    float f3 = from[start + 3 * step];
    float f4 = from[start + 4 * step];
    float f5 = from[start + 5 * step];
    float f6 = from[start + 6 * step];
    float f7 = from[start + 7 * step];
    for (int x = 0; x < 4; x++) {
      float even = f0 * BASIS[0][x] + f2 * BASIS[2][x] + f4 * BASIS[4][x] + f6 * BASIS[6][x];
      float odd = f1 * BASIS[1][x] + f3 * BASIS[3][x] + f5 * BASIS[5][x] + f7 * BASIS[7][x];
      to[first + x * stride] = even + odd;
      to[first + (7 - x) * stride] = even - odd;
    }
  }
}
