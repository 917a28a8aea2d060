package dev.trainyard.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.telemetry.Curve;
import dev.trainyard.telemetry.MetricHistory.Point;
import dev.trainyard.telemetry.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Curves of series that are too long to draw each point, checked against all of their points. */
class MetricCurvesTest extends UnlimitedQueue {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final int POINTS = 1500;

  private final Random random = new Random(1);

  @Test
  void a_long_series_keeps_its_extremes_its_first_and_its_last_point() {
    String id = queued("long");
    append(id, 1, POINTS, 7);
    assertThat(spans(id)).isEqualTo(93 + 5);
    for (int most : new int[] {10, 50, 400, 1499, 1500}) {
      assertIsTrue(id, 0, Long.MAX_VALUE, most);
    }
    for (int n = 0; n < 20; n++) {
      long from = random.nextInt(7 * POINTS);
      assertIsTrue(id, from, from + random.nextInt(7 * POINTS), 10 + random.nextInt(100));
    }
    assertThat(history.curve(id, "loss", 0, Long.MAX_VALUE, POINTS).isDownsampled()).isFalse();
    assertThat(history.curve(id, "other", 0, Long.MAX_VALUE, 10).points()).isEmpty();
  }

  @Test
  void a_resumed_attempt_takes_back_what_came_after_its_checkpoint_from_curves_too() {
    String id = queued("resumed");
    ClaimedJob first = claim();
    queue.started(first, 0, 10);
    append(id, 1, 600, 1);
    loseWorker();
    ClaimedJob second = claim();
    queue.started(second, 275, 10);
    assertThat(last(id)).isEqualTo(275);
    assertIsTrue(id, 0, Long.MAX_VALUE, 20);
    append(id, 276, 400, 1);
    assertIsTrue(id, 0, Long.MAX_VALUE, 20);
    assertIsTrue(id, 200, 300, 20);
    queue.succeeded(second, 1);
    verbs.delete(id);
    assertThat(spans(id)).isZero();
  }

  @Test
  void a_value_that_is_written_anew_changes_the_curve_and_one_that_is_no_number_does_not() {
    String id = queued("anew");
    append(id, 1, 600, 1);
    history.append(id, 100, Map.of("loss", 99.0), TIME);
    history.append(id, 200, Map.of("loss", Double.NaN), TIME);
    history.append(id, 300, Map.of("loss", Double.NEGATIVE_INFINITY), TIME);
    Curve curve = history.curve(id, "loss", 0, Long.MAX_VALUE, 20);
    assertThat(curve.points())
        .contains(new Point(100, 99.0, TIME), new Point(300, Double.NEGATIVE_INFINITY, TIME))
        .noneMatch(point -> Double.isNaN(point.value()));
    assertThat(curve.spans()).allMatch(span -> Double.isFinite(span.mean()));
    assertThat(points(curve)).isEqualTo(600);
  }

  @Test
  void a_series_of_an_earlier_release_is_drawn_and_made_quick_as_it_goes_on() {
    String id = queued("old");
    append(id, 1, 1000, 1);
    jdbc.update("delete from metric_span where job_id = ?", id);
    assertIsTrue(id, 0, Long.MAX_VALUE, 20);
    append(id, 1001, 1, 1);
    assertThat(spans(id)).isEqualTo(50 + 3);
    assertIsTrue(id, 0, Long.MAX_VALUE, 20);
    append(id, 1002, 1, 1);
    assertThat(spans(id)).isEqualTo(62 + 3);
    assertIsTrue(id, 0, Long.MAX_VALUE, 20);
  }

  private void append(String id, long from, int count, int stride) {
    transaction.executeWithoutResult(
        status -> {
          for (int n = 0; n < count; n++) {
            double value = random.nextGaussian();
            history.append(id, from + (long) n * stride, Map.of("loss", value), TIME);
          }
        });
  }

  private void assertIsTrue(String id, long from, long to, int most) {
    List<Point> all = history.points(id, "loss", from, to, 10_000);
    Curve curve = history.curve(id, "loss", from, to, most);
    List<Point> shown = curve.points();
    assertThat(shown).hasSizeLessThanOrEqualTo(most).isSubsetOf(all);
    assertThat(points(curve)).isEqualTo(all.size());
    if (all.isEmpty()) {
      return;
    }
    assertThat(shown.get(0)).isEqualTo(all.get(0));
    assertThat(shown.get(shown.size() - 1)).isEqualTo(all.get(all.size() - 1));
    assertThat(shown).isSortedAccordingTo((a, b) -> Long.compare(a.step(), b.step()));
    assertThat(shown.size())
        .as("not much less than asked for")
        .isGreaterThan(Math.min(all.size(), most) / 2);
    int next = 0;
    for (Span span : curve.spans()) {
      List<Point> its = all.subList(next, next += (int) span.points());
      assertThat(span.low().value())
          .isEqualTo(its.stream().mapToDouble(Point::value).min().orElseThrow());
      assertThat(span.high().value())
          .isEqualTo(its.stream().mapToDouble(Point::value).max().orElseThrow());
      assertThat(span.mean())
          .isCloseTo(its.stream().mapToDouble(Point::value).average().orElseThrow(), within(1e-9));
    }
  }

  private static long points(Curve curve) {
    return curve.spans().stream().mapToLong(Span::points).sum();
  }

  private long last(String id) {
    List<Point> points = history.points(id, "loss", 0, 10_000);
    return points.get(points.size() - 1).step();
  }

  private int spans(String id) {
    return jdbc.queryForObject(
        "select count(*) from metric_span where job_id = ?", Integer.class, id);
  }
}
