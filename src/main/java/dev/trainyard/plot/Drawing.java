package dev.trainyard.plot;

import dev.trainyard.plot.Canvas.Anchor;
import dev.trainyard.plot.Canvas.Letters;

/** A layout that knows its size before it is drawn. */
abstract class Drawing {

  static final int MARGIN = 24;
  static final Letters TITLE = Letters.of(18).inBold();
  static final Letters SUBTITLE = Letters.of(13);
  static final Letters SMALL = Letters.of(12);

  private final String title;
  private final String subtitle;

  Drawing(String title, String subtitle) {
    this.title = title;
    this.subtitle = subtitle;
  }

  abstract int width();

  abstract int height();

  abstract void draw(Canvas canvas);

  /** What it shows, in a sentence. */
  abstract String description();

  byte[] on(Canvas canvas) {
    int room = width() - 2 * MARGIN;
    canvas.describe(title, description());
    canvas.box(Ink.PAPER, 1, 0, 0, width(), height());
    canvas.text(Ink.TEXT, TITLE, MARGIN, 36, TITLE.fit(title, room));
    canvas.text(Ink.QUIET, SUBTITLE, MARGIN, 57, SUBTITLE.fit(subtitle, room));
    draw(canvas);
    return canvas.bytes();
  }

  static void note(Canvas canvas, double x, double y, String text) {
    canvas.text(Ink.QUIET, Letters.of(14).at(Anchor.MIDDLE), x, y, text);
  }
}
