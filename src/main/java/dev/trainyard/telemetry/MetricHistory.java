package dev.trainyard.telemetry;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The metric series of each job: one value a name and step, whatever the number of attempts. A step
 * that is replayed overwrites; an attempt that begins at an earlier step first takes back what came
 * after. {@link MetricSpans} keeps what makes long series quick to draw.
 */
@Component
public class MetricHistory {

  static final RowMapper<Point> POINT =
      (row, number) ->
          new Point(
              row.getLong(1), row.getDouble(2), row.getObject(3, OffsetDateTime.class).toInstant());

  private final JdbcTemplate jdbc;
  private final MetricSpans spans;

  MetricHistory(JdbcTemplate jdbc, MetricSpans spans) {
    this.jdbc = jdbc;
    this.spans = spans;
  }

  /** Forgets everything after {@code step}: the attempt that measured it is gone. */
  @Transactional
  public void rewind(String jobId, long step) {
    for (String name : names(jobId)) {
      jdbc.update(
          "delete from metric_point where job_id = ? and name = ? and step > ?", jobId, name, step);
      spans.rewind(jobId, name, step);
    }
  }

  @Transactional
  public void append(String jobId, long step, Map<String, Double> values, Instant time) {
    values.forEach(
        (name, value) -> {
          jdbc.update(
              "delete from metric_point where job_id = ? and name = ? and step = ?",
              jobId,
              name,
              step);
          jdbc.update(
              "insert into metric_point (job_id, name, step, metric_value, time)"
                  + " values (?, ?, ?, ?, ?)",
              jobId,
              name,
              step,
              value,
              Timestamp.from(time));
          spans.follow(jobId, name, step);
        });
  }

  @Transactional
  public void delete(String jobId) {
    jdbc.update("delete from metric_point where job_id = ?", jobId);
    spans.delete(jobId);
  }

  /**
   * The names that the job has values of. Each is a look into the index, past all points of the one
   * before it: where H2 is told {@code name > ?}, it begins at that name and reads them all. No
   * name has a blank.
   */
  public List<String> names(String jobId) {
    List<String> names = new ArrayList<>();
    for (Optional<String> next = name(jobId, ""); next.isPresent(); ) {
      names.add(next.get());
      next = name(jobId, next.get() + " ");
    }
    return names;
  }

  private Optional<String> name(String jobId, String from) {
    return jdbc
        .queryForList(
            "select name from metric_point where job_id = ? and name >= ?"
                + " order by job_id, name, step limit 1",
            String.class,
            jobId,
            from)
        .stream()
        .findFirst();
  }

  /** Values of one name in the order of steps, from {@code fromStep} on, at most {@code limit}. */
  public List<Point> points(String jobId, String name, long fromStep, int limit) {
    return points(jobId, name, fromStep, Long.MAX_VALUE, limit);
  }

  /** Up to {@code toStep} at most. H2 reads an index in its order only by all its columns. */
  public List<Point> points(String jobId, String name, long fromStep, long toStep, int limit) {
    return jdbc.query(
        "select step, metric_value, time from metric_point"
            + " where job_id = ? and name = ? and step >= ? and step <= ?"
            + " order by job_id, name, step limit ?",
        POINT,
        jobId,
        name,
        fromStep,
        toStep,
        limit);
  }

  /**
   * What is to be drawn of a series: all its points where {@code most} are enough, else stretches
   * with their extremes, and the first and the last point. It takes a look at some thousand rows,
   * however many points there are.
   */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Curve curve(String jobId, String name, long fromStep, long toStep, int most) {
    List<Point> first = points(jobId, name, fromStep, toStep, 1);
    if (first.isEmpty()) {
      return Curve.EMPTY;
    }
    int stretches = Math.max(1, most / 2 - 1);
    Point last = last(jobId, name, toStep);
    Curve.Joining joining = new Curve.Joining(first.get(0), last, stretches);
    if (spans.read(jobId, name, fromStep, toStep, Math.max(1, stretches * 3 / 4), joining)) {
      return joining.curve();
    }
    List<Point> all = points(jobId, name, fromStep, toStep, most + 1);
    if (all.size() <= most) {
      return Curve.of(all);
    }
    spans.readPoints(jobId, name, fromStep, toStep, joining);
    return joining.curve();
  }

  private Point last(String jobId, String name, long toStep) {
    return jdbc.query(
            "select step, metric_value, time from metric_point"
                + " where job_id = ? and name = ? and step <= ?"
                + " order by job_id desc, name desc, step desc limit 1",
            POINT,
            jobId,
            name,
            toStep)
        .get(0);
  }

  /** One value. */
  public record Point(long step, double value, Instant time) {}
}
