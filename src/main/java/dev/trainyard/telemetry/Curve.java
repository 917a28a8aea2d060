package dev.trainyard.telemetry;

import dev.trainyard.telemetry.MetricHistory.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A series as it is drawn: stretches in the order of steps.
 *
 * @param spans of one point each where nothing was left out
 * @param first the first point of all, and {@code last} the last; null when there is none
 */
public record Curve(List<Span> spans, @Nullable Point first, @Nullable Point last) {

  static final Curve EMPTY = new Curve(List.of(), null, null);

  static Curve of(List<Point> all) {
    return all.isEmpty()
        ? EMPTY
        : new Curve(all.stream().map(Span::of).toList(), all.get(0), all.get(all.size() - 1));
  }

  /** Whether there are points that it does not show. */
  public boolean isDownsampled() {
    return spans.stream().mapToLong(Span::points).sum() > points().size();
  }

  /** The lowest and the highest of each stretch, and the first and the last of all. */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    add(points, first);
    for (Span span : spans) {
      boolean lowFirst = span.low().step() < span.high().step();
      add(points, lowFirst ? span.low() : span.high());
      add(points, lowFirst ? span.high() : span.low());
    }
    add(points, last);
    return points;
  }

  private static void add(List<Point> points, @Nullable Point point) {
    if (point != null
        && (points.isEmpty() || points.get(points.size() - 1).step() < point.step())) {
      points.add(point);
    }
  }

  /** Joins what comes in the order of steps into stretches of about the same number of steps. */
  static final class Joining implements Consumer<Span> {

    private final Point first;
    private final Point last;
    private final int most;
    private final List<Span> spans = new ArrayList<>();
    private int current = -1;

    /**
     * @param most stretches there may be
     */
    Joining(Point first, Point last, int most) {
      this.first = first;
      this.last = last;
      this.most = most;
    }

    @Override
    public void accept(Span span) {
      double middle = span.low().step() / 2.0 + span.high().step() / 2.0 - first.step();
      int place = (int) (middle * most / (last.step() - first.step() + 1.0));
      if (place > current) {
        spans.add(span);
        current = place;
      } else {
        int end = spans.size() - 1;
        spans.set(end, spans.get(end).and(span));
      }
    }

    Curve curve() {
      return new Curve(List.copyOf(spans), first, last);
    }
  }
}
