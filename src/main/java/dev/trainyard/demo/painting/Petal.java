package dev.trainyard.demo.painting;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/**
 * One petal, from the origin along the x-axis.
 *
 * @param length from its base to its tip
 * @param width at its widest
 * @param tip 0 for a pointed tip, 1 for a broad round one
 */
record Petal(double length, double width, double tip) {

  /** Paints it turned by {@code angle} (radians, clockwise), base and tip in a colour each. */
  void paint(Graphics2D canvas, double angle, Color base, Color end) {
    AffineTransform before = canvas.getTransform();
    canvas.rotate(angle);
    canvas.setPaint(new GradientPaint(0, 0, base, (float) length, 0, end));
    Path2D outline = outline();
    canvas.fill(outline);
    canvas.setColor(new Color(0, 0, 0, 24));
    canvas.draw(outline);
    canvas.setTransform(before);
  }

  private Path2D outline() {
    double half = width / 2;
    double shoulder = half * (0.15 + 0.95 * tip);
    Path2D path = new Path2D.Double();
    path.moveTo(0, 0);
    path.curveTo(length * 0.25, -half, length * 0.55, -half * 1.15, length * 0.8, -shoulder);
    path.curveTo(length * 0.93, -shoulder * 0.7, length, -half * tip * 0.35, length, 0);
    path.curveTo(length, half * tip * 0.35, length * 0.93, shoulder * 0.7, length * 0.8, shoulder);
    path.curveTo(length * 0.55, half * 1.15, length * 0.25, half, 0, 0);
    path.closePath();
    return path;
  }
}
