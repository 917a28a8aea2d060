package dev.trainyard.plot;

import dev.trainyard.plot.Canvas.Anchor;
import dev.trainyard.plot.Canvas.Stroke;
import dev.trainyard.plot.Chart.Line;
import dev.trainyard.plot.Chart.Place;
import dev.trainyard.plot.Chart.Style;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Draws a chart. */
final class ChartDrawing extends Drawing {

  private static final int WIDTH = 880;
  private static final int PLOT = 320;
  private static final int HEAD = 72;
  private static final int FOOT = 56;
  private static final int LEFT = 68;
  private static final int RIGHT = WIDTH - MARGIN;
  private static final int Y_TICKS = 6;
  private static final int X_TICKS = 9;
  private static final int LABEL_GAP = 8;

  private final Chart chart;
  private final Legend legend;
  private final int top;
  private final @Nullable Axis x;
  private final @Nullable Axis y;

  ChartDrawing(Chart chart) {
    super(chart.title(), chart.subtitle());
    this.chart = chart;
    this.legend = Legend.of(chart, WIDTH - 2 * MARGIN);
    this.top = HEAD + legend.height() + 42;
    this.y = Axes.y(chart, Y_TICKS);
    this.x = y == null ? null : Axes.x(chart, y, X_TICKS);
  }

  @Override
  int width() {
    return WIDTH;
  }

  @Override
  int height() {
    return top + PLOT + FOOT;
  }

  @Override
  String description() {
    String values =
        chart.lines().stream()
            .filter(line -> !line.name().isEmpty() && !line.places().isEmpty())
            .map(line -> line.name() + " " + Axis.value(last(line)))
            .collect(Collectors.joining(", "));
    return values.isEmpty()
        ? chart.empty()
        : "%s over %s, at the end %s. %s".formatted(chart.y(), chart.x(), values, chart.subtitle());
  }

  private static double last(Line line) {
    return line.places().get(line.places().size() - 1).mean();
  }

  @Override
  void draw(Canvas canvas) {
    int bottom = top + PLOT;
    legend.draw(canvas, MARGIN, HEAD);
    if (x == null || y == null) {
      canvas.line(Ink.AXIS, Stroke.HAIR, new double[] {LEFT, bottom, RIGHT, bottom});
      note(canvas, WIDTH / 2.0, top + PLOT / 2.0, chart.empty());
      return;
    }
    String unit = chart.scale().log() ? chart.y() + ", logarithmic" : chart.y();
    canvas.text(Ink.QUIET, SMALL, MARGIN, top - 24, unit);
    for (double tick : y.ticks()) {
      double at = down(y, tick);
      canvas.line(Ink.GRID, Stroke.HAIR, new double[] {LEFT, at, RIGHT, at});
      canvas.text(Ink.QUIET, SMALL.at(Anchor.END), LEFT - LABEL_GAP, at + 4, Axis.label(tick));
    }
    drawRestarts(canvas, x);
    for (Line line : chart.lines()) {
      drawBand(canvas, line, x, y);
    }
    for (Line line : chart.lines()) {
      drawLine(canvas, line, x, y);
    }
    drawSteps(canvas, x);
  }

  private void drawSteps(Canvas canvas, Axis steps) {
    int bottom = top + PLOT;
    canvas.line(Ink.AXIS, Stroke.HAIR, new double[] {LEFT, bottom, RIGHT, bottom});
    for (double tick : steps.ticks()) {
      double at = across(steps, tick);
      canvas.line(Ink.AXIS, Stroke.HAIR, new double[] {at, bottom, at, bottom + 4});
      canvas.text(Ink.QUIET, SMALL.at(Anchor.MIDDLE), at, bottom + 24, Axis.label(tick));
    }
    canvas.text(Ink.QUIET, SMALL.at(Anchor.END), RIGHT, bottom + 44, chart.x());
    double before = Double.NEGATIVE_INFINITY;
    for (long step : chart.checkpoints()) {
      double at = across(steps, step);
      if (isWithin(at) && at - before >= 4) {
        Legend.checkpoint(canvas, at, bottom + 2);
        before = at;
      }
    }
  }

  private void drawRestarts(Canvas canvas, Axis steps) {
    double free = 0;
    for (Chart.Restart restart : chart.restarts()) {
      double at = across(steps, restart.step());
      if (!isWithin(at)) {
        continue;
      }
      Ink ink = restart.colour() < 0 ? Ink.AXIS : Ink.ofCurve(restart.colour());
      canvas.line(ink, Stroke.DASHED, new double[] {at, top, at, top + PLOT});
      double half = SMALL.width(restart.label()) / 2;
      double middle = Math.min(at, RIGHT - half);
      if (!restart.label().isEmpty() && middle - half >= free) {
        canvas.text(Ink.QUIET, SMALL.at(Anchor.MIDDLE), middle, top - 6, restart.label());
        free = middle + half + 4;
      }
    }
  }

  private void drawBand(Canvas canvas, Line line, Axis steps, Axis values) {
    if (line.style() != Style.BAND) {
      return;
    }
    for (List<Place> run : Axes.runs(line.places(), values)) {
      int n = run.size();
      double[] xy = new double[4 * n];
      boolean wide = false;
      for (int i = 0; i < n; i++) {
        Place place = run.get(i);
        wide |= place.high() > place.low();
        int back = 2 * (2 * n - 1 - i);
        xy[2 * i] = xy[back] = across(steps, place.x());
        xy[2 * i + 1] = down(values, place.high());
        xy[back + 1] = down(values, place.low());
      }
      if (wide && n > 1) {
        canvas.area(Ink.ofCurve(line.colour()), 0.18, xy);
      }
    }
  }

  private void drawLine(Canvas canvas, Line line, Axis steps, Axis values) {
    Ink ink = Ink.ofCurve(line.colour());
    for (List<Place> run : Axes.runs(line.places(), values)) {
      double[] xy = new double[2 * run.size()];
      for (int i = 0; i < run.size(); i++) {
        xy[2 * i] = across(steps, run.get(i).x());
        xy[2 * i + 1] = down(values, run.get(i).mean());
      }
      if (run.size() > 1) {
        canvas.line(ink, line.style() == Style.FAINT ? Stroke.FAINT : Stroke.CURVE, xy);
      }
      boolean all = line.style() == Style.DOTS && line.places().size() <= 60;
      for (int i = 0; i < xy.length; i += 2) {
        if (all || run.size() == 1) {
          canvas.dot(ink, 3.2, xy[i], xy[i + 1]);
        }
      }
    }
  }

  private static boolean isWithin(double at) {
    return at >= LEFT - 0.5 && at <= RIGHT + 0.5;
  }

  private static double across(Axis steps, double step) {
    return LEFT + steps.place(step) * (RIGHT - LEFT);
  }

  private double down(Axis values, double value) {
    return top + (1 - values.place(value)) * PLOT;
  }
}
