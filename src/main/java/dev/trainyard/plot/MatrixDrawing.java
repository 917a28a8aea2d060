package dev.trainyard.plot;

import dev.trainyard.plot.Canvas.Anchor;
import dev.trainyard.plot.Canvas.Letters;
import dev.trainyard.plot.Canvas.Stroke;
import java.util.List;

/** Draws a matrix: what is right is blue, what is wrong orange, the darker the more of its row. */
final class MatrixDrawing extends Drawing {

  private static final int LARGEST_CELL = 72;
  private static final int LARGEST = 620;
  private static final int LEAST_WIDTH = 560;
  private static final int EMPTY = 240;
  private static final int HEAD = 96;
  private static final int LABELS = 150;

  /** Cells of fewer pixels have no room for what is in them. */
  private static final int LEAST_TEXT = 9;

  private static final int LEAST_COUNT = 22;

  /** Slanted names of narrower columns would run into each other. */
  private static final int LEAST_SLANTED = 18;

  private final Matrix matrix;
  private final int classes;
  private final double cell;
  private final Letters names;
  private final double left;
  private final double foot;
  private final int tilt;
  private final Letters numbers;

  MatrixDrawing(Matrix matrix) {
    super(matrix.title(), matrix.subtitle());
    this.matrix = matrix;
    this.classes = matrix.counts().size();
    this.cell = Math.min(LARGEST_CELL, (double) LARGEST / Math.max(1, classes));
    this.names = Letters.of((int) Math.max(7, Math.min(12, cell - 1)));
    double longest =
        matrix.labels().stream()
            .mapToDouble(l -> names.width(names.fit(l, LABELS)))
            .max()
            .orElse(0);
    this.left = MARGIN + 22 + (isNamed() ? longest : 30);
    this.tilt = cell < LEAST_SLANTED ? -90 : -45;
    double depth = longest * Math.sin(Math.toRadians(-tilt));
    this.foot = 44 + (isNamed() ? depth + 12 : 12);
    this.numbers = Letters.of(countSize()).at(Anchor.MIDDLE);
  }

  /** All the same, so that the longest fits. */
  private int countSize() {
    int longest =
        matrix.counts().stream()
            .flatMap(List::stream)
            .mapToInt(count -> Axis.value((double) count).length())
            .max()
            .orElse(1);
    return (int) Math.min(14, Math.min(cell / 2, 1.3 * cell / longest));
  }

  private boolean isNamed() {
    return cell >= LEAST_TEXT;
  }

  @Override
  int width() {
    return (int) Math.max(LEAST_WIDTH, left + cell * classes + MARGIN + 24);
  }

  @Override
  int height() {
    return (int) (HEAD + (classes == 0 ? EMPTY : cell * classes + foot + 12));
  }

  @Override
  String description() {
    return classes == 0 ? matrix.empty() : matrix.subtitle();
  }

  @Override
  void draw(Canvas canvas) {
    if (classes == 0) {
      note(canvas, width() / 2.0, HEAD + EMPTY / 2.0 - 20, matrix.empty());
      return;
    }
    double side = cell * classes;
    canvas.text(
        Ink.QUIET, SMALL.at(Anchor.MIDDLE).turned(-90), MARGIN + 8, HEAD + side / 2, "true class");
    canvas.text(
        Ink.QUIET,
        SMALL.at(Anchor.MIDDLE),
        left + side / 2,
        HEAD + side + foot - 4,
        "predicted class");
    for (int row = 0; row < classes; row++) {
      drawRow(canvas, row);
    }
    for (int line = 0; line <= classes; line++) {
      if (classes <= 40 || line % classes == 0) {
        double at = line * cell;
        canvas.line(Ink.GRID, Stroke.HAIR, new double[] {left, HEAD + at, left + side, HEAD + at});
        canvas.line(Ink.GRID, Stroke.HAIR, new double[] {left + at, HEAD, left + at, HEAD + side});
      }
    }
    for (int label = 0; label < classes; label++) {
      drawLabel(canvas, label);
    }
  }

  private void drawRow(Canvas canvas, int row) {
    List<Long> counts = matrix.counts().get(row);
    long sum = counts.stream().mapToLong(Long::longValue).sum();
    for (int column = 0; column < classes; column++) {
      long count = counts.get(column);
      if (count == 0) {
        continue;
      }
      double share = (double) count / sum;
      double x = left + column * cell;
      double y = HEAD + row * cell;
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

  private void drawLabel(Canvas canvas, int label) {
    double middle = (label + 0.5) * cell;
    double bottom = HEAD + classes * cell;
    if (isNamed()) {
      String name = names.fit(matrix.labels().get(label), LABELS);
      double base = HEAD + middle + names.size() * 0.35;
      canvas.text(Ink.TEXT, names.at(Anchor.END), left - 8, base, name);
      canvas.text(
          Ink.TEXT, names.at(Anchor.END).turned(tilt), left + middle + 4, bottom + 12, name);
    } else if (label % 10 == 0) {
      String number = Integer.toString(label);
      canvas.text(Ink.QUIET, SMALL.at(Anchor.END), left - 8, HEAD + middle + 4, number);
      canvas.text(Ink.QUIET, SMALL.at(Anchor.MIDDLE), left + middle, bottom + 18, number);
    }
  }
}
