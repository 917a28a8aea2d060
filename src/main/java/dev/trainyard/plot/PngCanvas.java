package dev.trainyard.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A PNG of twice as many pixels, sharp on any screen. */
final class PngCanvas implements Canvas {

  private static final int SCALE = 2;
  private static final boolean FONTS = hasFonts();

  private final BufferedImage image;
  private final Graphics2D pen;
  private final boolean dark;

  PngCanvas(int width, int height, Theme theme) {
    this.image = new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
    this.pen = image.createGraphics();
    this.dark = theme == Theme.DARK;
    pen.scale(SCALE, SCALE);
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** Bare containers have none; then there is a picture without text. */
  private static boolean hasFonts() {
    try {
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('a');
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false;
    }
  }

  @Override
  public void describe(String title, String description) {
    // nobody could read it
  }

  @Override
  public void box(Ink ink, double opacity, double x, double y, double width, double height) {
    pen.setColor(colour(ink, opacity));
    pen.fill(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void area(Ink ink, double opacity, double[] xy) {
    Path2D path = path(xy);
    path.closePath();
    pen.setColor(colour(ink, opacity));
    pen.fill(path);
  }

  @Override
  public void line(Ink ink, Stroke stroke, double[] xy) {
    float[] dashes = stroke.dashed() ? new float[] {4, 4} : null;
    pen.setColor(colour(ink, stroke.opacity()));
    pen.setStroke(
        new BasicStroke(
            (float) stroke.width(), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
    pen.draw(path(xy));
  }

  @Override
  public void dot(Ink ink, double radius, double x, double y) {
    Ellipse2D circle = new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    pen.setColor(colour(ink, 1));
    pen.fill(circle);
    pen.setColor(colour(Ink.PAPER, 1));
    pen.setStroke(new BasicStroke(1));
    pen.draw(circle);
  }

  @Override
  public void text(Ink ink, Letters letters, double x, double y, String text) {
    if (!FONTS || text.isEmpty()) {
      return;
    }
    AffineTransform before = pen.getTransform();
    int style = letters.bold() ? Font.BOLD : Font.PLAIN;
    pen.setFont(new Font(Font.SANS_SERIF, style, letters.size()));
    pen.setColor(colour(ink, 1));
    double width = pen.getFont().getStringBounds(text, pen.getFontRenderContext()).getWidth();
    double shift =
        switch (letters.anchor()) {
          case START -> 0;
          case MIDDLE -> width / 2;
          case END -> width;
        };
    pen.translate(x, y);
    pen.rotate(Math.toRadians(letters.angle()));
    pen.drawString(text, (float) -shift, 0);
    pen.setTransform(before);
  }

  @Override
  public byte[] bytes() {
    pen.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  private Color colour(Ink ink, double opacity) {
    return new Color(ink.rgb(dark) | (int) Math.round(opacity * 255) << 24, true);
  }

  private static Path2D path(double[] xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    return path;
  }
}
