package dev.trainyard.plot;

import dev.trainyard.plot.Canvas.Anchor;
import dev.trainyard.plot.Canvas.Letters;
import dev.trainyard.plot.Canvas.Stroke;
import java.util.ArrayList;
import java.util.List;

/** What the lines and marks of a chart are, in as many rows as it takes. */
final class Legend {

  static final int ROW = 20;

  private static final int SIGN = 24;
  private static final int GAP = 22;
  private static final int LONGEST = 250;

  private interface Sign {
    void draw(Canvas canvas, double x, double y);
  }

  private record Item(Sign sign, String text, double x, int row) {}

  private final List<Item> items = new ArrayList<>();
  private final int width;
  private double next;
  private int row;

  private Legend(int width) {
    this.width = width;
  }

  static Legend of(Chart chart, int width) {
    Legend legend = new Legend(width);
    for (Chart.Line line : chart.lines()) {
      if (!line.name().isEmpty()) {
        legend.add((canvas, x, y) -> stroke(canvas, line, x, y), text(line));
      }
    }
    if (!chart.checkpoints().isEmpty()) {
      legend.add((canvas, x, y) -> checkpoint(canvas, x + SIGN / 2.0 - 2, y - 3), "checkpoint");
    }
    if (!chart.restarts().isEmpty()) {
      double[] middle = {SIGN / 2.0 - 2};
      legend.add(
          (canvas, x, y) ->
              canvas.line(
                  Ink.QUIET,
                  Stroke.DASHED,
                  new double[] {x + middle[0], y - 7, x + middle[0], y + 7}),
          "restart");
    }
    return legend;
  }

  int height() {
    return items.isEmpty() ? 0 : (row + 1) * ROW;
  }

  void draw(Canvas canvas, double left, double top) {
    for (Item item : items) {
      double middle = top + item.row * ROW + ROW / 2.0;
      item.sign.draw(canvas, left + item.x, middle);
      canvas.text(Ink.TEXT, Drawing.SMALL, left + item.x + SIGN, middle + 4, item.text);
    }
  }

  /** A triangle below {@code y}. */
  static void checkpoint(Canvas canvas, double x, double y) {
    canvas.area(Ink.QUIET, 1, new double[] {x, y, x + 3.5, y + 6, x - 3.5, y + 6});
  }

  private static void stroke(Canvas canvas, Chart.Line line, double x, double y) {
    Ink ink = Ink.ofCurve(line.colour());
    if (line.style() == Chart.Style.BAND) {
      canvas.box(ink, 0.18, x, y - 5, SIGN - 6, 10);
    }
    canvas.line(ink, Stroke.CURVE, new double[] {x, y, x + SIGN - 6, y});
    if (line.style() == Chart.Style.DOTS) {
      canvas.dot(ink, 3.2, x + (SIGN - 6) / 2.0, y);
    }
  }

  private static String text(Chart.Line line) {
    if (line.places().isEmpty()) {
      return Drawing.SMALL.fit(line.name(), LONGEST);
    }
    double last = line.places().get(line.places().size() - 1).mean();
    return Drawing.SMALL.fit(line.name(), LONGEST - 60) + " " + Axis.value(last);
  }

  private void add(Sign sign, String text) {
    Letters letters = Drawing.SMALL.at(Anchor.START);
    double needed = SIGN + letters.width(text);
    if (next > 0 && next + needed > width) {
      next = 0;
      row++;
    }
    items.add(new Item(sign, text, next, row));
    next += needed + GAP;
  }
}
