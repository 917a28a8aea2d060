package dev.trainyard.plot;

import dev.trainyard.plot.Canvas.Letters;
import java.util.List;
import java.util.stream.Collectors;

/** Draws several matrices in rows, each as large as the others. */
final class MatricesDrawing extends Drawing {

  private static final int LARGEST = 270;
  private static final int HEAD = 84;
  private static final int TITLE_HEIGHT = 54;
  private static final int GAP = 36;
  private static final int LEAST_TILE = 300;
  private static final int LEAST_WIDTH = 560;
  private static final int MOST_COLUMNS = 4;
  private static final Letters NAME = Letters.of(14).inBold();

  private final List<Matrix> matrices;
  private final List<MatrixGrid> grids;
  private final int columns;
  private final double tileWidth;
  private final double tileHeight;

  MatricesDrawing(Matrices picture) {
    super(picture.title(), picture.subtitle());
    this.matrices = picture.matrices();
    this.grids = matrices.stream().map(matrix -> new MatrixGrid(matrix, LARGEST)).toList();
    this.columns = columns(matrices.size());
    this.tileWidth =
        Math.max(LEAST_TILE, grids.stream().mapToDouble(MatrixGrid::width).max().orElse(0));
    this.tileHeight = TITLE_HEIGHT + grids.stream().mapToDouble(MatrixGrid::height).max().orElse(0);
  }

  /** As few rows as there may be, and all of them full where that is possible. */
  private static int columns(int tiles) {
    int rows = (tiles + MOST_COLUMNS - 1) / MOST_COLUMNS;
    return (tiles + rows - 1) / rows;
  }

  @Override
  int width() {
    return (int) Math.max(LEAST_WIDTH, 2 * MARGIN + columns * (tileWidth + GAP) - GAP);
  }

  @Override
  int height() {
    int rows = (matrices.size() + columns - 1) / columns;
    return (int) (HEAD + rows * (tileHeight + GAP) - GAP + 16);
  }

  @Override
  String description() {
    return matrices.stream()
        .map(it -> it.title() + ": " + (it.counts().isEmpty() ? it.empty() : it.subtitle()))
        .collect(Collectors.joining(". "));
  }

  @Override
  void draw(Canvas canvas) {
    for (int i = 0; i < matrices.size(); i++) {
      Matrix matrix = matrices.get(i);
      double x = MARGIN + i % columns * (tileWidth + GAP);
      double y = HEAD + i / columns * (tileHeight + GAP);
      String below = matrix.counts().isEmpty() ? matrix.empty() : matrix.subtitle();
      canvas.text(Ink.TEXT, NAME, x, y + 14, NAME.fit(matrix.title(), tileWidth));
      canvas.text(Ink.QUIET, SMALL, x, y + 33, SMALL.fit(below, tileWidth + GAP / 2.0));
      if (!grids.get(i).isEmpty()) {
        grids.get(i).draw(canvas, x, y + TITLE_HEIGHT);
      }
    }
  }
}
