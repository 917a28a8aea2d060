package dev.trainyard.telemetry;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.EvaluationReport;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The evaluations of each job in full, one a step, whatever the attempts: like the series of {@link
 * MetricHistory}, which hold the figures that fit one value a step.
 */
@Component
public class JobEvaluations {

  private static final RowMapper<Evaluated> ROW =
      (row, number) ->
          new Evaluated(
              row.getLong(1),
              row.getObject(2, OffsetDateTime.class).toInstant(),
              SpecJson.MAPPER.readValue(row.getString(3), EvaluationReport.class));

  private final JdbcTemplate jdbc;

  JobEvaluations(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Forgets everything after {@code step}: the attempt that measured it is gone. */
  @Transactional
  public void rewind(String jobId, long step) {
    jdbc.update("delete from job_evaluation where job_id = ? and step > ?", jobId, step);
  }

  /** Keeps a report, in place of an earlier one of the same step. */
  @Transactional
  public void put(String jobId, long step, EvaluationReport report, Instant time) {
    jdbc.update("delete from job_evaluation where job_id = ? and step = ?", jobId, step);
    jdbc.update(
        "insert into job_evaluation (job_id, step, time, report) values (?, ?, ?, ?)",
        jobId,
        step,
        Timestamp.from(time),
        SpecJson.MAPPER.writeValueAsString(report));
  }

  @Transactional
  public void delete(String jobId) {
    jdbc.update("delete from job_evaluation where job_id = ?", jobId);
  }

  /** The report of the weights at {@code step}, if they were evaluated. */
  public Optional<EvaluationReport> at(String jobId, long step) {
    return jdbc
        .query(
            "select step, time, report from job_evaluation where job_id = ? and step = ?",
            ROW,
            jobId,
            step)
        .stream()
        .map(Evaluated::report)
        .findFirst();
  }

  /** The newest first, from just below {@code beforeStep}, at most {@code limit}. */
  public List<Evaluated> newest(String jobId, long beforeStep, int limit) {
    return jdbc.query(
        "select step, time, report from job_evaluation"
            + " where job_id = ? and step < ? order by step desc limit ?",
        ROW,
        jobId,
        beforeStep,
        limit);
  }

  /**
   * One evaluation.
   *
   * @param step the global step of the weights
   */
  public record Evaluated(long step, Instant time, EvaluationReport report) {}
}
