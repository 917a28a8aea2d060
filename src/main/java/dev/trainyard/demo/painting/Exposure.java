package dev.trainyard.demo.painting;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;

/**
 * What light and camera do to a picture: brightness, a cast of colour, one side darker than the
 * other, and noise.
 */
final class Exposure {

  private Exposure() {}

  /** Changes {@code picture} (TYPE_INT_RGB) in place. */
  static void apply(BufferedImage picture, SplittableRandom random) {
    double gain = random.nextDouble(0.86, 1.32);
    double cast = random.nextDouble(-0.09, 0.09);
    double[] channelGain = {gain * (1 + cast), gain, gain * (1 - cast)};
    double direction = random.nextDouble(2 * Math.PI);
    double fall = random.nextDouble(0.4);
    double across = Math.cos(direction) / picture.getWidth();
    double down = Math.sin(direction) / picture.getHeight();
    double noise = random.nextDouble(4, 18);
    int[] pixels = ((DataBufferInt) picture.getRaster().getDataBuffer()).getData();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        double light =
            1
                - fall
                    * (0.5
                        + across * (x * 2 - picture.getWidth()) / 2
                        + down * (y * 2 - picture.getHeight()) / 2);
        int position = y * picture.getWidth() + x;
        int rgb = pixels[position];
        long bits = random.nextLong();
        int lit = 0;
        for (int channel = 0; channel < 3; channel++) {
          int value = rgb >> (16 - 8 * channel) & 0xff;
          double grain = noise * (uniform(bits) + uniform(bits >>> 10) - 1);
          bits >>>= 20;
          lit = lit << 8 | clamp(value * light * channelGain[channel] + grain);
        }
        pixels[position] = lit;
      }
    }
  }

  /** The low ten bits as a number from 0 to 1. */
  private static double uniform(long bits) {
    return (bits & 0x3ff) / 1023.0;
  }

  private static int clamp(double value) {
    return (int) Math.min(255, Math.max(0, value + 0.5));
  }
}
