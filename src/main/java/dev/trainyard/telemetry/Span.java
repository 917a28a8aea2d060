package dev.trainyard.telemetry;

import dev.trainyard.telemetry.MetricHistory.Point;

/**
 * What a stretch of a series comes to. Values that are no numbers are left out where there are
 * others.
 *
 * @param fromStep where it begins; a point of it may come later
 * @param lastStep where its last point is
 * @param points how many it has
 * @param mean of the finite values; NaN when there are none
 * @param low the first of the lowest
 * @param high the first of the highest
 */
public record Span(long fromStep, long lastStep, long points, double mean, Point low, Point high) {

  static Span of(Point point) {
    double mean = Double.isFinite(point.value()) ? point.value() : Double.NaN;
    return new Span(point.step(), point.step(), 1, mean, point, point);
  }

  /** Both together; {@code next} comes after this one. */
  Span and(Span next) {
    return new Span(
        fromStep,
        next.lastStep,
        points + next.points,
        mean(this, next),
        isBeyond(low, next.low, -1) ? next.low : low,
        isBeyond(high, next.high, 1) ? next.high : high);
  }

  Span from(long step) {
    return new Span(step, lastStep, points, mean, low, high);
  }

  private static double mean(Span a, Span b) {
    if (Double.isNaN(a.mean) || Double.isNaN(b.mean)) {
      return Double.isNaN(a.mean) ? b.mean : a.mean;
    }
    return a.mean + (b.mean - a.mean) * b.points / (a.points + b.points);
  }

  private static boolean isBeyond(Point known, Point other, int direction) {
    if (Double.isNaN(known.value()) || Double.isNaN(other.value())) {
      return !Double.isNaN(other.value());
    }
    return direction * Double.compare(other.value(), known.value()) > 0;
  }
}
