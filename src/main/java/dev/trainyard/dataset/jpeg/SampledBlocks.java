package dev.trainyard.dataset.jpeg;

import dev.trainyard.dataset.jpeg.Frame.Component;

/**
 * Mean and variance of the colours: the mean, and the variance between MCUs, from the constant
 * terms of all; the variance within an MCU from the samples of a few, evenly spread.
 */
final class SampledBlocks {

  private static final int WANTED = 6;
  private static final int[] ZIGZAG = {
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63
  };

  private final Frame frame;
  private final int horizontal;
  private final int vertical;
  private final int[] firstBlocks;
  private final float[] constant;
  private final float[] coefficients = new float[64];
  private final float[] rows = new float[64];
  private final float[] samples;
  private final ColourSums between;
  private final double[] within = new double[3];
  private int mcus;

  SampledBlocks(Frame frame) {
    this.frame = frame;
    this.horizontal = frame.maxHorizontal();
    this.vertical = frame.maxVertical();
    this.between = new ColourSums(frame.inRgb());
    int components = frame.components().size();
    this.firstBlocks = new int[components];
    this.constant = new float[components];
    int blocks = 0;
    for (int c = 0; c < components; c++) {
      Component component = frame.components().get(c);
      int its = component.horizontal() * component.vertical();
      firstBlocks[c] = blocks;
      constant[c] = component.quantization()[0] / (8f * its);
      blocks += its;
    }
    this.samples = new float[64 * blocks];
  }

  /** Odd, so that the samples do not stand in a few columns. */
  static int stride(int mcus) {
    return Math.max(1, mcus / WANTED) | 1;
  }

  void addMean(long[] sums, int column, int row) {
    float first = sums[0] * constant[0];
    int pixels = width(column) * height(row);
    if (sums.length == 1) {
      between.add(first, 0, 0, pixels);
    } else {
      between.add(first, sums[1] * constant[1], sums[2] * constant[2], pixels);
    }
  }

  /** Of an MCU, as far as it belongs to the image. */
  private int width(int column) {
    return Math.min(8 * horizontal, frame.width() - 8 * horizontal * column);
  }

  private int height(int row) {
    return Math.min(8 * vertical, frame.height() - 8 * vertical * row);
  }

  void set(int component, int zigzag, int value) {
    int quantum = frame.components().get(component).quantization()[zigzag];
    coefficients[ZIGZAG[zigzag]] = (float) value * quantum;
  }

  void endBlock(int block) {
    InverseDct.apply(coefficients, rows, samples, 64 * block);
  }

  /** Takes the blocks that have come since the last one. */
  void addMcu(int column, int row) {
    int width = width(column);
    int height = height(row);
    ColourSums inside = new ColourSums(frame.inRgb());
    boolean grey = frame.components().size() == 1;
    for (int y = 0; y < height; y += vertical) { // the grid that sparse colours have
      for (int x = 0; x < width; x += horizontal) {
        float first = sample(0, x, y);
        inside.add(first, grey ? 0 : sample(1, x, y), grey ? 0 : sample(2, x, y));
      }
    }
    for (int channel = 0; channel < 3; channel++) {
      within[channel] += inside.variance(channel);
    }
    mcus++;
  }

  private float sample(int component, int x, int y) {
    Component its = frame.components().get(component);
    int u = x * its.horizontal() / horizontal;
    int v = y * its.vertical() / vertical;
    int block = firstBlocks[component] + (v >> 3) * its.horizontal() + (u >> 3);
    return samples[64 * block + 8 * (v & 7) + (u & 7)];
  }

  ChannelMoments moments() {
    double[] mean = new double[3];
    for (int channel = 0; channel < 3; channel++) {
      mean[channel] = mcus == 0 ? 0 : within[channel] / mcus;
    }
    return between.moments(mean);
  }
}
