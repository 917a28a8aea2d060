package dev.trainyard.dataset.jpeg;

/** Adds up red, green and blue, and their squares, of samples of three components. */
public final class ColourSums {

  private final boolean inRgb;
  private final double[] sum = new double[3];
  private final double[] squares = new double[3];
  private long count;

  /**
   * @param inRgb whether its components are red, green and blue; else luminance and two differences
   */
  public ColourSums(boolean inRgb) {
    this.inRgb = inRgb;
  }

  /** Components around 0, as a decoder has them before it shifts their level. */
  public void add(float first, float second, float third) {
    add(first, second, third, 1);
  }

  /**
   * @param pixels that the components are the mean of
   */
  void add(float first, float second, float third, int pixels) {
    count += pixels;
    if (inRgb) {
      addTo(0, first, pixels);
      addTo(1, second, pixels);
      addTo(2, third, pixels);
    } else {
      addTo(0, first + 1.402f * third, pixels);
      addTo(1, first - 0.344136f * second - 0.714136f * third, pixels);
      addTo(2, first + 1.772f * second, pixels);
    }
  }

  private void addTo(int channel, float sample, int pixels) {
    float clamped = sample > 127 ? 127 : sample < -128 ? -128 : sample;
    sum[channel] += clamped * pixels;
    squares[channel] += clamped * clamped * pixels;
  }

  /** In [0, 1]. */
  private double mean(int channel) {
    return (sum[channel] / count + 128) / 255;
  }

  double variance(int channel) {
    double mean = sum[channel] / count;
    return Math.max(0, squares[channel] / count - mean * mean) / (255 * 255);
  }

  public ChannelMoments moments() {
    return moments(new double[3]);
  }

  /**
   * @param within variance inside of what was added, when that are means
   */
  ChannelMoments moments(double[] within) {
    float[] mean = new float[3];
    float[] square = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      double itsMean = mean(channel);
      mean[channel] = (float) itsMean;
      square[channel] = (float) (itsMean * itsMean + variance(channel) + within[channel]);
    }
    return new ChannelMoments(mean, square);
  }
}
