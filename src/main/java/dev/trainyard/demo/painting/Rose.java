package dev.trainyard.demo.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.util.random.RandomGenerator;

/** Broad petals that overlap in ever smaller turns around a dark middle. */
final class Rose implements Blossom {

  @Override
  public void paint(Graphics2D canvas, double radius, RandomGenerator random) {
    float[] color = hsb(random.nextInt(4) > 0 ? Paints.warm(random) : Paints.mixed(random));
    double turn = random.nextDouble(2 * Math.PI);
    leaves(canvas, radius, random);
    int petals = 19;
    for (int i = 0; i < petals; i++) {
      double inward = (double) i / petals;
      double reach = radius * (1 - 0.93 * inward);
      double size = radius * (0.62 - 0.44 * inward);
      double angle = turn + i * 2.25 + 0.1 * random.nextGaussian();
      double light = color[2] * (1.0 - 0.30 * inward) * random.nextDouble(0.9, 1.06);
      Color body = Paints.near(color[0], color[1], light, random);
      petal(canvas, angle, reach - size, size, body);
    }
    canvas.setColor(Paints.hsb(color[0], Math.min(1, color[1] + 0.1), color[2] * 0.42));
    Paints.disc(canvas, 0, 0, radius * 0.07);
  }

  /** A round petal whose outer edge is rolled over into the light and whose base lies in shadow. */
  private static void petal(
      Graphics2D canvas, double angle, double distance, double size, Color body) {
    AffineTransform before = canvas.getTransform();
    canvas.rotate(angle);
    canvas.translate(distance, 0);
    canvas.setColor(Paints.shade(body, 0.62));
    canvas.fill(new Ellipse2D.Double(-size * 1.02, -size * 1.12, size * 2.1, size * 2.24));
    canvas.setColor(body);
    canvas.fill(new Ellipse2D.Double(-size * 0.9, -size * 1.02, size * 1.9, size * 2.04));
    canvas.setColor(Paints.shade(body, 1.18));
    canvas.setStroke(
        new BasicStroke((float) (size * 0.13), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    canvas.draw(
        new Arc2D.Double(
            -size * 0.86, -size * 0.98, size * 1.8, size * 1.96, -62, 124, Arc2D.OPEN));
    canvas.setTransform(before);
  }

  private static void leaves(Graphics2D canvas, double radius, RandomGenerator random) {
    double turn = random.nextDouble(2 * Math.PI);
    for (int i = 0; i < 3; i++) {
      Color green = Paints.leafGreen(random);
      canvas.setStroke(new BasicStroke(0.6f));
      new Petal(radius * random.nextDouble(1.2, 1.6), radius * 0.6, 0.25)
          .paint(canvas, turn + i * 2.1, Paints.shade(green, 0.7), green);
    }
  }

  private static float[] hsb(Color color) {
    return Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null);
  }
}
