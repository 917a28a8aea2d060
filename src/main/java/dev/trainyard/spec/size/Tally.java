package dev.trainyard.spec.size;

/**
 * Goes through a network's layers and adds up. What counts as kept are the buffers that no way
 * leads around: a batch normalization's, a sum's or an activation's output is computed in a buffer
 * that is there already where it can be.
 */
final class Tally {

  private long height;
  private long width;
  private long channels = 3;
  private long weights;
  private long statistics;
  private long kept;

  Tally(long height, long width) {
    this.height = height;
    this.width = width;
    this.kept = values(); // the image itself, which the first layer's gradient needs
  }

  NetworkSize total() {
    return new NetworkSize(weights, statistics, kept);
  }

  long channels() {
    return channels;
  }

  /** Same padding; with a stride a padded copy is what is kept for the gradient. */
  void convolution(int kernel, int filters, int stride, boolean bias) {
    if (stride > 1 && kernel > 1) {
      kept += (height + kernel - 1) * (width + kernel - 1) * channels;
    }
    weights += (long) kernel * kernel * channels * filters + (bias ? filters : 0);
    height = (height + stride - 1) / stride;
    width = (width + stride - 1) / stride;
    channels = filters;
    kept += values();
  }

  /** A normalized convolution beside the way, whose output is added to what the way leads to. */
  void aside(int kernel, int filters, int stride) {
    weights += (long) kernel * kernel * channels * filters + 2L * filters;
    statistics += 2L * filters;
    kept += ((height + stride - 1) / stride) * ((width + stride - 1) / stride) * filters;
  }

  /** Batch normalization: it keeps its input, which the layer before has counted. */
  void norm() {
    weights += 2 * channels;
    statistics += 2 * channels;
  }

  /** Its output is what its gradient and the next layer's need. */
  void relu() {
    kept += values();
  }

  /** 2x2 max pooling that drops what does not fill a square. */
  void halve() {
    pool(height / 2, width / 2);
  }

  /** Max pooling with stride 2 that drops nothing. */
  void shrink() {
    pool((height + 1) / 2, (width + 1) / 2);
  }

  private void pool(long newHeight, long newWidth) {
    height = newHeight;
    width = newWidth;
    kept += values();
  }

  /** The mean of each channel. */
  void average() {
    height = 1;
    width = 1;
    kept += values();
  }

  void dense(int units) {
    weights += values() * units + units;
    height = 1;
    width = 1;
    channels = units;
    kept += values();
  }

  private long values() {
    return height * width * channels;
  }
}
