package dev.trainyard.telemetry;

import dev.trainyard.telemetry.MetricHistory.Point;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/**
 * Keeps what stretches of each series come to, level by level, while points are written: each
 * {@value #FACTOR} of a level, the points being level 0, make one of the next as soon as they are
 * there. On a level they follow each other without a gap. Every method joins its caller's
 * transaction; whoever writes holds the job's row.
 */
@Component
class MetricSpans {

  static final int FACTOR = 16;
  private static final int TOP = 5;

  /** More than are due at once only follow a release that did not keep any. */
  private static final int MOST_AT_ONCE = 50;

  private static final int PAGE = 10_000;

  private static final String SERIES = " where job_id = ? and name = ?";

  private static final RowMapper<Span> POINT =
      (row, number) -> Span.of(MetricHistory.POINT.mapRow(row, number));

  private static final RowMapper<Span> SPAN =
      (row, number) ->
          new Span(
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              row.getDouble(4),
              new Point(
                  row.getLong(5),
                  row.getDouble(6),
                  row.getObject(7, OffsetDateTime.class).toInstant()),
              new Point(
                  row.getLong(8),
                  row.getDouble(9),
                  row.getObject(10, OffsetDateTime.class).toInstant()));

  private static final String SPANS =
      "select from_step, last_step, points, mean, low_step, low_value, low_time, high_step, high_value, high_time"
          + " from metric_span"
          + SERIES
          + " and level = ? and last_step >= ? and last_step <= ? order by job_id, name, level, last_step limit ?";

  private static final String POINTS =
      "select step, metric_value, time from metric_point"
          + SERIES
          + " and step >= ? and step <= ? order by job_id, name, step limit ?";

  private final JdbcTemplate jdbc;

  MetricSpans(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A point was written at {@code step}, or written anew. */
  void follow(String jobId, String name, long step) {
    for (int level = 1; level <= TOP; level++) {
      long end = end(jobId, name, level);
      if (step <= end) {
        renew(jobId, name, level, step);
      }
      if (!grow(jobId, name, level, end + 1) && step > end) {
        return; // so nothing above it has changed either
      }
    }
  }

  void rewind(String jobId, String name, long step) {
    for (int level = 1; level <= TOP; level++) {
      jdbc.update(
          "delete from metric_span" + SERIES + " and level = ? and last_step > ?",
          jobId,
          name,
          level,
          step);
    }
  }

  void delete(String jobId) {
    jdbc.update("delete from metric_span where job_id = ?", jobId);
  }

  /**
   * Gives the stretches that cover these steps and nothing else, in their order: of the highest
   * level that has {@code enough} of them, and at the edges of lower levels. If none has, it gives
   * nothing and returns false.
   */
  boolean read(String jobId, String name, long from, long to, int enough, Consumer<Span> sink) {
    for (int level = TOP; level > 0; level--) {
      List<Span> spans = within(jobId, name, level, from, to);
      if (spans.size() >= enough) {
        cover(jobId, name, level, from, to, spans, sink);
        return true;
      }
    }
    return false;
  }

  private void cover(
      String jobId,
      String name,
      int level,
      long from,
      long to,
      List<Span> spans,
      Consumer<Span> sink) {
    if (spans.isEmpty()) {
      below(jobId, name, level, from, to, sink);
      return;
    }
    below(jobId, name, level, from, spans.get(0).fromStep() - 1, sink);
    spans.forEach(sink);
    below(jobId, name, level, spans.get(spans.size() - 1).lastStep() + 1, to, sink);
  }

  private void below(
      String jobId, String name, int level, long from, long to, Consumer<Span> sink) {
    if (from > to) {
      return;
    }
    if (level == 1) {
      readPoints(jobId, name, from, to, sink);
    } else {
      List<Span> spans = within(jobId, name, level - 1, from, to);
      cover(jobId, name, level - 1, from, to, spans, sink);
    }
  }

  /** Page by page: of a series that an earlier release wrote there may be very many. */
  void readPoints(String jobId, String name, long from, long to, Consumer<Span> sink) {
    long next = from;
    List<Span> page;
    do {
      page = spans(jobId, name, 0, next, to, PAGE);
      page.forEach(sink);
      next = page.isEmpty() ? to : page.get(page.size() - 1).lastStep() + 1;
    } while (page.size() == PAGE);
  }

  private List<Span> within(String jobId, String name, int level, long from, long to) {
    List<Span> spans = spans(jobId, name, level, from, to, Integer.MAX_VALUE);
    boolean beginsBefore = !spans.isEmpty() && spans.get(0).fromStep() < from;
    return beginsBefore ? spans.subList(1, spans.size()) : spans;
  }

  private List<Span> spans(String jobId, String name, int level, long from, long to, int limit) {
    return jdbc.query(
        level == 0 ? POINTS : SPANS,
        level == 0 ? POINT : SPAN,
        level == 0
            ? new Object[] {jobId, name, from, to, limit}
            : new Object[] {jobId, name, level, from, to, limit});
  }

  /** Makes the stretch of this level anew that {@code step} is in. */
  private void renew(String jobId, String name, int level, long step) {
    Span old = spans(jobId, name, level, step, Long.MAX_VALUE, 1).get(0);
    long from = old.fromStep();
    long last = old.lastStep();
    List<Span> parts = spans(jobId, name, level - 1, from, last, Integer.MAX_VALUE);
    jdbc.update(
        "delete from metric_span" + SERIES + " and level = ? and last_step = ?",
        jobId,
        name,
        level,
        last);
    insert(jobId, name, level, joined(parts).from(from));
  }

  /** Makes the stretches of this level whose parts are all there. */
  private boolean grow(String jobId, String name, int level, long begin) {
    long from = begin;
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      List<Span> parts = spans(jobId, name, level - 1, from, Long.MAX_VALUE, FACTOR);
      if (parts.size() < FACTOR) {
        return i > 0;
      }
      Span span = joined(parts).from(from);
      insert(jobId, name, level, span);
      from = span.lastStep() + 1;
    }
    return true;
  }

  private long end(String jobId, String name, int level) {
    return jdbc
        .queryForList(
            "select last_step from metric_span"
                + SERIES
                + " and level = ? order by job_id desc, name desc, level desc, last_step desc limit 1",
            Long.class,
            jobId,
            name,
            level)
        .stream()
        .findFirst()
        .orElse(-1L);
  }

  private static Span joined(List<Span> parts) {
    return parts.stream().reduce(Span::and).orElseThrow();
  }

  private void insert(String jobId, String name, int level, Span span) {
    jdbc.update(
        "insert into metric_span (job_id, name, level, last_step, from_step, points, mean, low_step, low_value, low_time,"
            + " high_step, high_value, high_time) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        jobId,
        name,
        level,
        span.lastStep(),
        span.fromStep(),
        span.points(),
        span.mean(),
        span.low().step(),
        span.low().value(),
        Timestamp.from(span.low().time()),
        span.high().step(),
        span.high().value(),
        Timestamp.from(span.high().time()));
  }
}
