package dev.trainyard.plot;

/** Something that can be drawn. */
public sealed interface Picture permits Chart, Matrix {

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
    return this instanceof Chart chart ? new ChartDrawing(chart) : new MatrixDrawing((Matrix) this);
  }
}
