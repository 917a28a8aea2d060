package dev.trainyard.telemetry;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The metric series of each job: one value a name and step, whatever the number of attempts. A step
 * that is replayed overwrites; an attempt that begins at an earlier step first takes back what came
 * after.
 */
@Component
public class MetricHistory {

  private final JdbcTemplate jdbc;

  MetricHistory(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Forgets everything after {@code step}: the attempt that measured it is gone. */
  @Transactional
  public void rewind(String jobId, long step) {
    jdbc.update("delete from metric_point where job_id = ? and step > ?", jobId, step);
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
        });
  }

  @Transactional
  public void delete(String jobId) {
    jdbc.update("delete from metric_point where job_id = ?", jobId);
  }

  /** The names that the job has values of. */
  public List<String> names(String jobId) {
    return jdbc.queryForList(
        "select distinct name from metric_point where job_id = ? order by name",
        String.class,
        jobId);
  }

  /** Values of one name in the order of steps, from {@code fromStep} on, at most {@code limit}. */
  public List<Point> points(String jobId, String name, long fromStep, int limit) {
    return jdbc.query(
        "select step, metric_value, time from metric_point"
            + " where job_id = ? and name = ? and step >= ? order by step limit ?",
        (row, number) ->
            new Point(
                row.getLong(1),
                row.getDouble(2),
                row.getObject(3, OffsetDateTime.class).toInstant()),
        jobId,
        name,
        fromStep,
        limit);
  }

  /** One value. */
  public record Point(long step, double value, Instant time) {}
}
