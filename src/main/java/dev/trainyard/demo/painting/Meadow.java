package dev.trainyard.demo.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.QuadCurve2D;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** What stands behind a flower: sky, lawn, leaves, soil, and other flowers out of focus. */
final class Meadow {

  private final int width;
  private final int height;
  private final RandomGenerator random;

  Meadow(int width, int height, RandomGenerator random) {
    this.width = width;
    this.height = height;
    this.random = random;
  }

  void paint(Graphics2D canvas) {
    canvas.setPaint(new GradientPaint(0, 0, top(), 0, height, Paints.leafGreen(random)));
    canvas.fillRect(0, 0, width, height);
    foliage(canvas);
    int blades = random.nextInt(10, 70);
    for (int i = 0; i < blades; i++) {
      blade(canvas);
    }
    int blurred = random.nextInt(1, 5);
    for (int i = 0; i < blurred; i++) {
      blur(canvas, Paints.gardenColor(random));
    }
  }

  private Color top() {
    return switch (random.nextInt(4)) {
      case 0 -> Paints.near(0.57, random.nextDouble(0.1, 0.5), random.nextDouble(0.6, 1), random);
      case 1 -> Paints.near(0.08, 0.4, random.nextDouble(0.15, 0.45), random);
      default -> Paints.leafGreen(random);
    };
  }

  /** Patches of light and shadow, a few pixels a cell, smoothed by enlarging. */
  private void foliage(Graphics2D canvas) {
    int cell = random.nextInt(7, 22);
    BufferedImage patches =
        new BufferedImage(width / cell + 2, height / cell + 2, BufferedImage.TYPE_INT_ARGB);
    double hue = random.nextDouble(0.16, 0.36);
    for (int y = 0; y < patches.getHeight(); y++) {
      for (int x = 0; x < patches.getWidth(); x++) {
        Color patch = Paints.near(hue, random.nextDouble(0.3, 0.8), random.nextDouble(0.7), random);
        patches.setRGB(x, y, Paints.translucent(patch, random.nextInt(40, 210)).getRGB());
      }
    }
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    canvas.drawImage(
        patches, -cell, -cell, patches.getWidth() * cell, patches.getHeight() * cell, null);
  }

  private void blade(Graphics2D canvas) {
    double x = random.nextDouble(width);
    double foot = height * random.nextDouble(0.6, 1.2);
    double lean = 0.12 * width * random.nextGaussian();
    canvas.setStroke(new BasicStroke((float) random.nextDouble(0.8, 2.6)));
    canvas.setColor(Paints.translucent(Paints.leafGreen(random), random.nextInt(90, 220)));
    double tall = height * random.nextDouble(0.2, 0.6);
    canvas.draw(
        new QuadCurve2D.Double(x, foot, x + lean * 0.2, foot - tall * 0.7, x + lean, foot - tall));
  }

  private void blur(Graphics2D canvas, Color color) {
    float x = random.nextInt(width);
    float y = random.nextInt(height);
    float radius = (float) (height * random.nextDouble(0.05, 0.18));
    int alpha = random.nextInt(80, 220);
    canvas.setPaint(
        new RadialGradientPaint(
            x,
            y,
            radius,
            new float[] {0, 0.6f, 1},
            new Color[] {
              Paints.translucent(color, alpha),
              Paints.translucent(color, alpha * 2 / 3),
              Paints.translucent(color, 0)
            }));
    Paints.disc(canvas, x, y, radius);
  }
}
