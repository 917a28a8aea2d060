package dev.trainyard.demo.painting;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.QuadCurve2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * Composes a picture: a meadow, small flowers of one kind further back, and a large one in front.
 */
public final class FlowerPainter {

  private final long seed;

  public FlowerPainter(long seed) {
    this.seed = seed;
  }

  /**
   * The picture number {@code index} of a kind, always the same one; 160 to 200 pixels wide, 120 to
   * 150 high, RGB. Thread-safe.
   */
  public BufferedImage paint(FlowerKind kind, int index) {
    long number = (long) index * FlowerKind.values().length + kind.ordinal();
    // Two rounds: streams of neighbouring pictures must not be one stream, shifted.
    SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + number);
    random = new SplittableRandom(random.nextLong());
    int width = random.nextInt(160, 201);
    int height = random.nextInt(120, 151);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    try {
      new Meadow(width, height, random).paint(canvas);
      int behind = random.nextInt(3);
      for (int i = 0; i < behind; i++) {
        double radius = height * random.nextDouble(0.09, 0.17);
        plant(canvas, kind, random.nextInt(width), random.nextInt(height), radius, random);
      }
      double x = width * random.nextDouble(0.42, 0.58);
      double y = height * random.nextDouble(0.42, 0.55);
      plant(canvas, kind, x, y, height * random.nextDouble(0.31, 0.43), random);
    } finally {
      canvas.dispose();
    }
    Exposure.apply(picture, random);
    return picture;
  }

  private static void plant(
      Graphics2D canvas,
      FlowerKind kind,
      double x,
      double y,
      double radius,
      SplittableRandom random) {
    AffineTransform before = canvas.getTransform();
    canvas.translate(x, y);
    if (kind == FlowerKind.TULIPS) {
      kind.blossom().paint(canvas, radius * 0.85, random);
    } else {
      stem(canvas, radius, random);
      double lean = random.nextDouble(2 * Math.PI); // a blossom seldom faces the viewer squarely
      canvas.rotate(lean);
      canvas.scale(1, random.nextDouble(0.72, 1));
      canvas.rotate(-lean);
      canvas.setStroke(new BasicStroke(0.6f));
      kind.blossom().paint(canvas, radius, random);
    }
    canvas.setTransform(before);
  }

  private static void stem(Graphics2D canvas, double radius, SplittableRandom random) {
    Color green = Paints.leafGreen(random);
    canvas.setColor(green);
    canvas.setStroke(new BasicStroke((float) (radius * 0.12)));
    double bend = radius * 0.6 * random.nextGaussian();
    canvas.draw(new QuadCurve2D.Double(0, 0, bend, radius * 2, bend * 1.5, radius * 5));
  }
}
