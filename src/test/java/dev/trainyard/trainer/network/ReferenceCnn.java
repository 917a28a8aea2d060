package dev.trainyard.trainer.network;

import java.util.Map;

/** The same network without batch norm, written once more with loops and doubles. */
record ReferenceCnn(
    int size, int kernel, int filters1, int filters2, int units, int classes, Map<String, Fill> w) {

  /** The value of a weight by its position in memory. */
  @FunctionalInterface
  interface Fill {
    double at(int index);
  }

  double loss(double[][][] image, int label) {
    double[][][] pooled1 = pool(convolve(image, "conv1", filters1));
    double[][][] pooled2 = pool(convolve(pooled1, "conv2", filters2));
    double[] flat = flatten(pooled2);
    double[] hidden = dense(flat, "dense1", units);
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] = Math.max(0, hidden[i]);
    }
    double[] logits = dense(hidden, "dense2", classes);
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    return Math.log(sum) - logits[label];
  }

  /** Same padding, bias, ReLU. */
  private double[][][] convolve(double[][][] in, String name, int filters) {
    int channels = in[0][0].length;
    double[][][] out = new double[in.length][in.length][filters];
    for (int y = 0; y < in.length; y++) {
      for (int x = 0; x < in.length; x++) {
        for (int f = 0; f < filters; f++) {
          double sum = w.get(name + "/bias").at(f);
          for (int ky = 0; ky < kernel; ky++) {
            for (int kx = 0; kx < kernel; kx++) {
              int sy = y + ky - kernel / 2;
              int sx = x + kx - kernel / 2;
              if (sy >= 0 && sy < in.length && sx >= 0 && sx < in.length) {
                for (int c = 0; c < channels; c++) {
                  int index = ((ky * kernel + kx) * channels + c) * filters + f;
                  sum += in[sy][sx][c] * w.get(name + "/kernel").at(index);
                }
              }
            }
          }
          out[y][x][f] = Math.max(0, sum);
        }
      }
    }
    return out;
  }

  private static double[][][] pool(double[][][] in) {
    int half = in.length / 2;
    int channels = in[0][0].length;
    double[][][] out = new double[half][half][channels];
    for (int y = 0; y < half; y++) {
      for (int x = 0; x < half; x++) {
        for (int c = 0; c < channels; c++) {
          out[y][x][c] =
              Math.max(
                  Math.max(in[2 * y][2 * x][c], in[2 * y][2 * x + 1][c]),
                  Math.max(in[2 * y + 1][2 * x][c], in[2 * y + 1][2 * x + 1][c]));
        }
      }
    }
    return out;
  }

  private static double[] flatten(double[][][] in) {
    int channels = in[0][0].length;
    double[] out = new double[in.length * in.length * channels];
    int next = 0;
    for (double[][] row : in) {
      for (double[] pixel : row) {
        for (double value : pixel) {
          out[next++] = value;
        }
      }
    }
    return out;
  }

  private double[] dense(double[] in, String name, int outputs) {
    double[] out = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      out[o] = w.get(name + "/bias").at(o);
      for (int i = 0; i < in.length; i++) {
        out[o] += in[i] * w.get(name + "/kernel").at(i * outputs + o);
      }
    }
    return out;
  }
}
