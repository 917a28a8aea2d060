package dev.trainyard.demo.painting;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.random.RandomGenerator;

/** Two rows of pointed rays around a wide disc of seeds that spiral by the golden angle. */
final class Sunflower implements Blossom {

  private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

  @Override
  public void paint(Graphics2D canvas, double radius, RandomGenerator random) {
    double hue = random.nextDouble(0.09, 0.155);
    double brightness = random.nextDouble(0.8, 1.0);
    if (random.nextInt(6) == 0) { // rust-red garden sorts
      hue = random.nextDouble(0.01, 0.06);
      brightness = random.nextDouble(0.55, 0.8);
    }
    int rays = random.nextInt(15, 22);
    double turn = random.nextDouble(Math.PI);
    double width = 2 * Math.PI * radius / rays * 0.72;
    for (int row = 0; row < 2; row++) {
      for (int i = 0; i < rays; i++) {
        double angle = turn + 2 * Math.PI * (i + 0.5 * row) / rays + 0.06 * random.nextGaussian();
        Color ray = Paints.near(hue, 0.9, brightness * (0.84 + 0.16 * row), random);
        new Petal(radius * (1.02 - 0.08 * row) * random.nextDouble(0.9, 1.06), width, 0.08)
            .paint(canvas, angle, Paints.shade(ray, 0.68), ray);
      }
    }
    disc(canvas, radius * random.nextDouble(0.42, 0.54), random);
  }

  private static void disc(Graphics2D canvas, double radius, RandomGenerator random) {
    Color brown = Paints.near(random.nextDouble(0.04, 0.09), 0.7, 0.27, random);
    canvas.setColor(brown);
    Paints.disc(canvas, 0, 0, radius);
    int seeds = 130;
    double pollen = random.nextDouble(0.75, 1.0);
    for (int i = 0; i < seeds; i++) {
      double outward = Math.sqrt((i + 0.5) / seeds);
      double angle = i * GOLDEN_ANGLE;
      double light = outward > pollen ? 2.6 : 0.7 + 1.1 * outward;
      canvas.setColor(Paints.shade(brown, light * random.nextDouble(0.8, 1.2)));
      Paints.disc(
          canvas,
          0.95 * radius * outward * Math.cos(angle),
          0.95 * radius * outward * Math.sin(angle),
          radius * 0.062);
    }
  }
}
