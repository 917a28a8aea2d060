package dev.trainyard.demo.painting;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.random.RandomGenerator;

/** One row of narrow rays, mostly white, around a small yellow button. */
final class Daisy implements Blossom {

  @Override
  public void paint(Graphics2D canvas, double radius, RandomGenerator random) {
    int rays = random.nextInt(13, 24);
    double hue = random.nextDouble();
    double saturation = random.nextDouble(0.01, 0.09);
    if (random.nextInt(4) == 0) { // garden sorts: pink, lilac, pale yellow
      hue = random.nextBoolean() ? random.nextDouble(0.80, 0.97) : random.nextDouble(0.12, 0.15);
      saturation = random.nextDouble(0.2, 0.5);
    }
    double width = 2 * Math.PI * radius / rays * random.nextDouble(0.50, 0.75);
    double turn = random.nextDouble(Math.PI);
    for (int i = 0; i < rays; i++) {
      double angle = turn + 2 * Math.PI * i / rays + 0.05 * random.nextGaussian();
      Color ray = Paints.near(hue, saturation, random.nextDouble(0.82, 1.0), random);
      new Petal(radius * random.nextDouble(0.9, 1.05), width, 0.75)
          .paint(canvas, angle, Paints.shade(ray, 0.78), ray);
    }
    double button = radius * random.nextDouble(0.22, 0.31);
    Color yellow = Paints.near(random.nextDouble(0.11, 0.15), 0.85, 0.93, random);
    canvas.setColor(Paints.shade(yellow, 0.72));
    Paints.disc(canvas, 0, button * 0.08, button * 1.05);
    canvas.setColor(yellow);
    Paints.disc(canvas, 0, -button * 0.06, button * 0.93);
    for (int i = 0; i < 24; i++) {
      double angle = random.nextDouble(2 * Math.PI);
      double distance = button * 0.85 * Math.sqrt(random.nextDouble());
      canvas.setColor(Paints.shade(yellow, random.nextDouble(0.65, 1.1)));
      Paints.disc(canvas, distance * Math.cos(angle), distance * Math.sin(angle), button * 0.09);
    }
  }
}
