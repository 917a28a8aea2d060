package dev.trainyard.demo.painting;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.random.RandomGenerator;

/** Colours drawn at random, and the shapes that several kinds of flowers share. */
final class Paints {

  private Paints() {}

  /** A colour near the given hue, saturation and brightness (0 to 1 each; hue is cyclic). */
  static Color near(double hue, double saturation, double brightness, RandomGenerator random) {
    return hsb(
        hue + 0.012 * random.nextGaussian(),
        saturation + 0.06 * random.nextGaussian(),
        brightness + 0.05 * random.nextGaussian());
  }

  static Color hsb(double hue, double saturation, double brightness) {
    return Color.getHSBColor((float) hue, unit(saturation), unit(brightness));
  }

  /** The same hue at {@code factor} times its brightness. */
  static Color shade(Color color, double factor) {
    float[] hsb = Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null);
    return hsb(hsb[0], hsb[1], hsb[2] * factor);
  }

  static Color translucent(Color color, int alpha) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
  }

  /** The green of stems and leaves, yellowish to bluish. */
  static Color leafGreen(RandomGenerator random) {
    return hsb(
        random.nextDouble(0.21, 0.40), random.nextDouble(0.35, 0.8), random.nextDouble(0.22, 0.6));
  }

  /**
   * A colour that roses, tulips and whatever is blurred behind a flower may all have: red, pink,
   * orange, yellow, lilac or white.
   */
  static Color gardenColor(RandomGenerator random) {
    return random.nextBoolean() ? warm(random) : mixed(random);
  }

  /** Red, pink or peach: what most roses are, and some tulips. */
  static Color warm(RandomGenerator random) {
    double hue =
        switch (random.nextInt(4)) {
          case 0, 1 -> random.nextDouble(0.95, 1.01);
          case 2 -> random.nextDouble(0.88, 0.95);
          default -> random.nextDouble(0.02, 0.06);
        };
    return hsb(hue, random.nextDouble(0.5, 0.95), random.nextDouble(0.65, 1.0));
  }

  /** Yellow, orange, lilac or white: what most tulips are, and some roses. */
  static Color mixed(RandomGenerator random) {
    double saturation = random.nextDouble(0.5, 0.95);
    double brightness = random.nextDouble(0.65, 1.0);
    return switch (random.nextInt(4)) {
      case 0 -> hsb(random.nextDouble(0.12, 0.16), saturation, brightness);
      case 1 -> hsb(random.nextDouble(0.06, 0.10), saturation, brightness);
      case 2 -> hsb(random.nextDouble(0.77, 0.87), saturation * 0.6, brightness);
      default -> hsb(random.nextDouble(), random.nextDouble(0.02, 0.14), brightness);
    };
  }

  static void disc(Graphics2D canvas, double x, double y, double radius) {
    canvas.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  private static float unit(double value) {
    return (float) Math.min(1, Math.max(0, value));
  }
}
