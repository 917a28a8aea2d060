package dev.trainyard.demo.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.util.random.RandomGenerator;

/** A cup seen from the side, upright on its stem between long leaves. */
final class Tulip implements Blossom {

  @Override
  public void paint(Graphics2D canvas, double radius, RandomGenerator random) {
    AffineTransform before = canvas.getTransform();
    canvas.rotate(0.14 * random.nextGaussian());
    stemAndLeaves(canvas, radius, random);
    Color color = random.nextInt(3) > 0 ? Paints.mixed(random) : Paints.warm(random);
    double open = random.nextDouble(0.62, 0.95);
    canvas.setStroke(new BasicStroke((float) Math.max(0.7, radius * 0.02)));
    petal(canvas, radius, -0.55 * open, 0.50, Paints.shade(color, 0.66), color);
    petal(canvas, radius, 0.55 * open, 0.50, Paints.shade(color, 0.66), color);
    petal(canvas, radius, 0, 0.42, Paints.shade(color, 0.55), Paints.shade(color, 0.8));
    petal(canvas, radius * 0.97, -0.34 * open, 0.52, Paints.shade(color, 0.72), color);
    petal(
        canvas,
        radius * 0.97,
        0.34 * open,
        0.52,
        Paints.shade(color, 0.7),
        Paints.shade(color, 0.95));
    petal(canvas, radius * 0.86, 0, 0.46, Paints.shade(color, 0.8), Paints.shade(color, 1.12));
    canvas.setTransform(before);
  }

  /** One petal from the bottom of the cup to a tip that leans by {@code lean} radii. */
  private static void petal(
      Graphics2D canvas, double radius, double lean, double half, Color low, Color high) {
    double bottom = radius * 0.9;
    double top = -radius * 0.95;
    double tip = lean * radius;
    double side = half * radius;
    Path2D path = new Path2D.Double();
    path.moveTo(0, bottom);
    path.curveTo(tip - side * 1.7, bottom * 0.75, tip - side * 1.35, -radius * 0.35, tip, top);
    path.curveTo(tip + side * 1.35, -radius * 0.35, tip + side * 1.7, bottom * 0.75, 0, bottom);
    path.closePath();
    canvas.setPaint(new GradientPaint(0, (float) bottom, low, 0, (float) top, high));
    canvas.fill(path);
    canvas.setColor(new Color(0, 0, 0, 60));
    canvas.draw(path);
  }

  private static void stemAndLeaves(Graphics2D canvas, double radius, RandomGenerator random) {
    Color green = Paints.leafGreen(random);
    canvas.setColor(Paints.shade(green, 1.05));
    canvas.setStroke(
        new BasicStroke((float) (radius * 0.16), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    double foot = radius * 5;
    canvas.draw(
        new QuadCurve2D.Double(
            0, radius * 0.8, radius * 0.2 * random.nextGaussian(), foot / 2, 0, foot));
    canvas.setStroke(new BasicStroke(0.6f));
    for (int side = -1; side <= 1; side += 2) {
      AffineTransform before = canvas.getTransform();
      canvas.translate(0, radius * random.nextDouble(2.6, 3.4));
      double angle = -Math.PI / 2 + side * random.nextDouble(0.25, 0.6);
      new Petal(radius * random.nextDouble(1.9, 2.8), radius * 0.5, 0.05)
          .paint(canvas, angle, Paints.shade(green, 0.75), green);
      canvas.setTransform(before);
    }
  }
}
