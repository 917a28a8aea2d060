package dev.trainyard.plot;

/**
 * How wide text is, rather more than less: which font an SVG is shown with is not known when it is
 * written.
 */
final class TextWidth {

  private static final double ROOM = 1.1;

  private TextWidth() {}

  static double of(String text, int size, boolean bold) {
    double ems = text.codePoints().mapToDouble(TextWidth::ems).sum();
    return ems * size * (bold ? 1.06 : 1) * ROOM;
  }

  static String fit(String text, double width, int size, boolean bold) {
    if (of(text, size, bold) <= width) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    for (int kept = points.length - 1; kept > 1; kept--) {
      int head = (kept + 1) / 2;
      int tail = kept - head;
      String shorter =
          new String(points, 0, head) + "…" + new String(points, points.length - tail, tail);
      if (of(shorter, size, bold) <= width) {
        return shorter;
      }
    }
    return "…";
  }

  /** About those of Helvetica and its kin. */
  private static double ems(int character) {
    if (character >= 0x1100) {
      return 1; // ideographs, and symbols
    } else if ("iljtfrI.,:;'|!()[]{}/ ".indexOf(character) >= 0) {
      return 0.31;
    } else if ("mwMW@%".indexOf(character) >= 0) {
      return 0.87;
    }
    return Character.isUpperCase(character) ? 0.7 : 0.56;
  }
}
