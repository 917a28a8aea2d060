package dev.trainyard.plot;

import dev.trainyard.plot.Chart.Line;
import dev.trainyard.plot.Chart.Place;
import dev.trainyard.plot.Chart.Style;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which axes a chart's values need. */
final class Axes {

  /** Where the lowest value is less than this share of the highest, an axis begins at 0. */
  private static final double FROM_ZERO = 0.35;

  private Axes() {}

  /** Null when there is nothing to draw. */
  static @Nullable Axis y(Chart chart, int ticks) {
    Chart.Scale scale = chart.scale();
    DoubleSummaryStatistics values =
        chart.lines().stream()
            .flatMapToDouble(Axes::shown)
            .filter(value -> Double.isFinite(value) && (!scale.log() || value > 0))
            .summaryStatistics();
    if (values.getCount() == 0) {
      return null;
    }
    double low = values.getMin();
    double high = values.getMax();
    if (scale.log()) {
      return Axis.logarithmic(low, high);
    }
    if (scale.fromZero() || low >= 0 && low < FROM_ZERO * high) {
      low = 0;
    }
    double least = Math.max(Math.abs(high) * 1e-3, 1e-9);
    if (high - low < least) {
      double room = high == 0 ? 1 : Math.abs(high) * 0.1;
      low = low < 0 ? low - room : Math.max(0, low - room);
      high = Math.min(scale.ceiling(), high + room);
    }
    return Axis.nice(low, high, scale.ceiling(), ticks);
  }

  /** Of the places that {@code y} shows. */
  static Axis x(Chart chart, Axis y, int ticks) {
    DoubleSummaryStatistics steps =
        places(chart)
            .filter(place -> y.shows(place.mean()))
            .mapToDouble(Place::x)
            .summaryStatistics();
    double first = steps.getMin();
    double last = steps.getMax();
    if (first == last) {
      return Axis.exact(Math.max(0, first - 1), last + 1, 2, true);
    }
    return Axis.exact(first < 0.1 * last ? 0 : first, last, ticks, true);
  }

  /** Places that follow each other without a gap. */
  static List<List<Place>> runs(List<Place> places, Axis y) {
    List<List<Place>> runs = new ArrayList<>();
    List<Place> run = new ArrayList<>();
    for (Place place : places) {
      if (y.shows(place.mean()) && y.shows(place.low()) && y.shows(place.high())) {
        run.add(place);
      } else if (!run.isEmpty()) {
        runs.add(run);
        run = new ArrayList<>();
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  /** Only a band shows extremes. */
  private static DoubleStream shown(Line line) {
    return line.places().stream()
        .flatMapToDouble(
            place ->
                line.style() == Style.BAND
                    ? DoubleStream.of(place.low(), place.mean(), place.high())
                    : DoubleStream.of(place.mean()));
  }

  private static Stream<Place> places(Chart chart) {
    return chart.lines().stream().map(Line::places).flatMap(List::stream);
  }
}
