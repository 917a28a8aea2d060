package dev.trainyard.plot;

/** Draws a matrix. */
final class MatrixDrawing extends Drawing {

  private static final int LARGEST = 620;
  private static final int LEAST_WIDTH = 560;
  private static final int EMPTY = 240;
  private static final int HEAD = 96;

  private final Matrix matrix;
  private final MatrixGrid grid;

  MatrixDrawing(Matrix matrix) {
    super(matrix.title(), matrix.subtitle());
    this.matrix = matrix;
    this.grid = new MatrixGrid(matrix, LARGEST);
  }

  @Override
  int width() {
    return (int) Math.max(LEAST_WIDTH, grid.width() + 2 * MARGIN + 24);
  }

  @Override
  int height() {
    return (int) (HEAD + (grid.isEmpty() ? EMPTY : grid.height() + 12));
  }

  @Override
  String description() {
    return grid.isEmpty() ? matrix.empty() : matrix.subtitle();
  }

  @Override
  void draw(Canvas canvas) {
    if (grid.isEmpty()) {
      note(canvas, width() / 2.0, HEAD + EMPTY / 2.0 - 20, matrix.empty());
    } else {
      grid.draw(canvas, MARGIN, HEAD);
    }
  }
}
