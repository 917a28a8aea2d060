package dev.trainyard.plot;

/** Something that can be drawn. */
public sealed interface Picture permits Chart, Matrix, Matrices {

  default byte[] svg(Theme theme) {
    Drawing drawing = drawing();
    return drawing.on(new SvgCanvas(drawing.width(), drawing.height(), theme));
  }

  /** At twice the size in pixels. Without text on a machine that has no fonts. */
  default byte[] png(Theme theme) {
    Drawing drawing = drawing();
    return drawing.on(new PngCanvas(drawing.width(), drawing.height(), theme));
  }

  private Drawing drawing() {
    if (this instanceof Chart chart) {
      return new ChartDrawing(chart);
    }
    return this instanceof Matrices several
        ? new MatricesDrawing(several)
        : new MatrixDrawing((Matrix) this);
  }
}
