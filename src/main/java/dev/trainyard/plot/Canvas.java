package dev.trainyard.plot;

/** What a layout draws on. Pixels from the upper left corner; {@code xy} alternates both. */
interface Canvas {

  /** What the picture is, for those who do not see it. */
  void describe(String title, String description);

  void box(Ink ink, double opacity, double x, double y, double width, double height);

  /** A filled polygon. */
  void area(Ink ink, double opacity, double[] xy);

  void line(Ink ink, Stroke stroke, double[] xy);

  /** With a thin rim of paper. */
  void dot(Ink ink, double radius, double x, double y);

  /**
   * @param x of the anchor
   * @param y of the baseline
   */
  void text(Ink ink, Letters letters, double x, double y, String text);

  byte[] bytes();

  /** How a line is drawn. */
  record Stroke(double width, double opacity, boolean dashed) {

    static final Stroke HAIR = new Stroke(1, 1, false);
    static final Stroke DASHED = new Stroke(1.2, 1, true);
    static final Stroke CURVE = new Stroke(1.8, 1, false);
    static final Stroke FAINT = new Stroke(1.2, 0.55, false);
  }

  /**
   * How text is written.
   *
   * @param angle it is turned by, clockwise, around its anchor
   */
  record Letters(int size, boolean bold, Anchor anchor, int angle) {

    static Letters of(int size) {
      return new Letters(size, false, Anchor.START, 0);
    }

    Letters inBold() {
      return new Letters(size, true, anchor, angle);
    }

    Letters at(Anchor other) {
      return new Letters(size, bold, other, angle);
    }

    Letters turned(int by) {
      return new Letters(size, bold, anchor, by);
    }

    double width(String text) {
      return TextWidth.of(text, size, bold);
    }

    /** Shortened in its middle to what has this width. */
    String fit(String text, double width) {
      return TextWidth.fit(text, width, size, bold);
    }
  }

  /** Which point of a text is at x. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }
}
