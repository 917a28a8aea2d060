package dev.trainyard.demo.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.random.RandomGenerator;

/**
 * A dense cushion of thin rays to its very middle; or, gone to seed, a clock of grey parachutes.
 */
final class Dandelion implements Blossom {

  @Override
  public void paint(Graphics2D canvas, double radius, RandomGenerator random) {
    if (random.nextInt(4) == 0) {
      clock(canvas, radius, random);
    } else {
      cushion(canvas, radius, random);
    }
  }

  private static void cushion(Graphics2D canvas, double radius, RandomGenerator random) {
    double hue = random.nextDouble(0.115, 0.165);
    double saturation = random.nextDouble(0.7, 1.0);
    int rings = 5;
    for (int ring = 0; ring < rings; ring++) {
      double reach = radius * (1 - 0.17 * ring);
      int rays = 52 - 7 * ring;
      double light = 0.80 + 0.05 * ring;
      for (int i = 0; i < rays; i++) {
        double angle = 2 * Math.PI * (i + random.nextDouble()) / rays;
        Color ray = Paints.near(hue, saturation, light, random);
        new Petal(reach * random.nextDouble(0.8, 1.05), radius * 0.085, 0.5)
            .paint(canvas, angle, Paints.shade(ray, 0.84), ray);
      }
    }
  }

  private static void clock(Graphics2D canvas, double radius, RandomGenerator random) {
    Color grey = Paints.hsb(random.nextDouble(0.08, 0.6), 0.05, random.nextDouble(0.8, 1.0));
    canvas.setColor(Paints.translucent(grey, 70));
    Paints.disc(canvas, 0, 0, radius * 0.97);
    canvas.setStroke(new BasicStroke((float) Math.max(0.5, radius * 0.014)));
    for (int i = 0; i < 110; i++) {
      double angle = random.nextDouble(2 * Math.PI);
      double reach = radius * Math.sqrt(random.nextDouble(0.25, 1.0));
      double x = reach * Math.cos(angle);
      double y = reach * Math.sin(angle);
      canvas.setColor(Paints.translucent(grey, 110));
      canvas.draw(new Line2D.Double(0, 0, x, y));
      canvas.setColor(Paints.translucent(grey, 190));
      double hair = radius * 0.13;
      for (int k = 0; k < 7; k++) {
        double direction = angle + (k - 3) * 0.5;
        canvas.draw(
            new Line2D.Double(
                x, y, x + hair * Math.cos(direction), y + hair * Math.sin(direction)));
      }
    }
    canvas.setColor(Paints.near(0.08, 0.45, 0.4, random));
    Paints.disc(canvas, 0, 0, radius * 0.13);
  }
}
