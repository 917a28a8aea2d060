package dev.trainyard.plot;

import dev.trainyard.plot.Canvas.Anchor;
import dev.trainyard.plot.Canvas.Letters;
import dev.trainyard.plot.Canvas.Stroke;
import java.util.List;

/**
 * The cells of a matrix with their labels: what is right is blue, what is wrong orange, the darker
 * the more of its row.
 */
final class MatrixGrid {

  private static final int LARGEST_CELL = 72;
  private static final int LABELS = 150;
  private static final int AXIS = 22;

  /** Cells of fewer pixels have no room for what is in them. */
  private static final int LEAST_TEXT = 9;

  private static final int LEAST_COUNT = 22;

  /** Slanted names of narrower columns would run into each other. */
  private static final int LEAST_SLANTED = 18;

  private final Matrix matrix;
  private final int classes;
  private final double cell;
  private final Letters names;
  private final int longest;
  private final double left;
  private final double foot;
  private final int tilt;
  private final Letters numbers;

  /**
   * @param largest pixels that the cells may take, in width and in height
   */
  MatrixGrid(Matrix matrix, int largest) {
    this.matrix = matrix;
    this.classes = matrix.counts().size();
    this.cell = Math.min(LARGEST_CELL, (double) largest / Math.max(1, classes));
    this.names = Letters.of((int) Math.max(7, Math.min(12, cell - 1)));
    this.longest = Math.min(LABELS, largest / 3);
    double label =
        matrix.labels().stream()
            .mapToDouble(l -> names.width(names.fit(l, longest)))
            .max()
            .orElse(0);
    this.left = AXIS + (isNamed() ? label : 30);
    this.tilt = cell < LEAST_SLANTED ? -90 : -45;
    double depth = label * Math.sin(Math.toRadians(-tilt));
    this.foot = 44 + (isNamed() ? depth + 12 : 12);
    this.numbers = Letters.of(countSize()).at(Anchor.MIDDLE);
  }

  /** All the same, so that the longest fits. */
  private int countSize() {
    int digits =
        matrix.counts().stream()
            .flatMap(List::stream)
            .mapToInt(count -> Axis.value((double) count).length())
            .max()
            .orElse(1);
    return (int) Math.min(14, Math.min(cell / 2, 1.3 * cell / digits));
  }

  private boolean isNamed() {
    return cell >= LEAST_TEXT;
  }

  boolean isEmpty() {
    return classes == 0;
  }

  double width() {
    return left + cell * classes;
  }

  double height() {
    return cell * classes + foot;
  }

  /**
   * @param x of the left edge of its labels
   * @param y of the upper edge of its cells
   */
  void draw(Canvas canvas, double x, double y) {
    double side = cell * classes;
    double cells = x + left;
    canvas.text(
        Ink.QUIET, Drawing.SMALL.at(Anchor.MIDDLE).turned(-90), x + 8, y + side / 2, "true class");
    canvas.text(
        Ink.QUIET,
        Drawing.SMALL.at(Anchor.MIDDLE),
        cells + side / 2,
        y + side + foot - 4,
        "predicted class");
    for (int row = 0; row < classes; row++) {
      drawRow(canvas, row, cells, y);
    }
    for (int line = 0; line <= classes; line++) {
      if (classes <= 40 || line % classes == 0) {
        double at = line * cell;
        canvas.line(Ink.GRID, Stroke.HAIR, new double[] {cells, y + at, cells + side, y + at});
        canvas.line(Ink.GRID, Stroke.HAIR, new double[] {cells + at, y, cells + at, y + side});
      }
    }
    for (int label = 0; label < classes; label++) {
      drawLabel(canvas, label, cells, y);
    }
  }

  private void drawRow(Canvas canvas, int row, double cells, double top) {
    List<Long> counts = matrix.counts().get(row);
    long sum = counts.stream().mapToLong(Long::longValue).sum();
    for (int column = 0; column < classes; column++) {
      long count = counts.get(column);
      if (count == 0) {
        continue;
      }
      double share = (double) count / sum;
      double x = cells + column * cell;
      double y = top + row * cell;
      Ink ink = row == column ? Ink.BLUE : Ink.ORANGE;
      double depth = 0.14 + 0.78 * share;
      canvas.box(ink, depth, x, y, cell, cell);
      if (cell >= LEAST_COUNT) {
        String text = Axis.value((double) count);
        Ink on = depth > 0.6 ? Ink.PAPER : Ink.TEXT;
        canvas.text(on, numbers, x + cell / 2, y + cell / 2 + numbers.size() * 0.36, text);
      }
    }
  }

  private void drawLabel(Canvas canvas, int label, double cells, double top) {
    double middle = (label + 0.5) * cell;
    double bottom = top + classes * cell;
    if (isNamed()) {
      String name = names.fit(matrix.labels().get(label), longest);
      double base = top + middle + names.size() * 0.35;
      canvas.text(Ink.TEXT, names.at(Anchor.END), cells - 8, base, name);
      canvas.text(
          Ink.TEXT, names.at(Anchor.END).turned(tilt), cells + middle + 4, bottom + 12, name);
    } else if (label % 10 == 0) {
      String number = Integer.toString(label);
      canvas.text(Ink.QUIET, Drawing.SMALL.at(Anchor.END), cells - 8, top + middle + 4, number);
      canvas.text(Ink.QUIET, Drawing.SMALL.at(Anchor.MIDDLE), cells + middle, bottom + 18, number);
    }
  }
}
