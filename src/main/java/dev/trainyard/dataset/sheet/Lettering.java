package dev.trainyard.dataset.sheet;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;

/** Writes on a sheet; nothing where the machine has no fonts, as bare containers have not. */
final class Lettering {

  private static final boolean FONTS = hasFonts();

  private final Graphics2D pen;

  Lettering(Graphics2D pen) {
    this.pen = pen;
  }

  private static boolean hasFonts() {
    try {
      return new Font(Font.SANS_SERIF, Font.PLAIN, 12).canDisplay('a');
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false;
    }
  }

  /** From {@code x} on, shortened to {@code width} pixels; returns where it ends. */
  int write(String text, int x, int baseline, int width, int size, boolean bold, Color colour) {
    if (!FONTS) {
      return x;
    }
    pen.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size));
    pen.setColor(colour);
    String fitting = fitting(text, width);
    pen.drawString(fitting, x, baseline);
    return x + pen.getFontMetrics().stringWidth(fitting);
  }

  /** Of a file the end says more than the middle. */
  private String fitting(String text, int width) {
    FontMetrics metrics = pen.getFontMetrics();
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    int kept = text.length();
    String shorter = "…";
    while (kept > 2) {
      kept--;
      int head = kept / 2;
      shorter = text.substring(0, head) + "…" + text.substring(text.length() - (kept - head));
      if (metrics.stringWidth(shorter) <= width) {
        break;
      }
    }
    return shorter;
  }
}
