package dev.trainyard.telemetry;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which checkpoints each job has written, whatever the attempts. */
@Component
public class JobCheckpoints {

  private static final RowMapper<Saved> SAVED =
      (row, number) ->
          new Saved(
              row.getLong(1),
              row.getObject(2, Long.class),
              row.getObject(3, OffsetDateTime.class).toInstant());

  private final JdbcTemplate jdbc;

  JobCheckpoints(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Forgets everything after {@code step}: the attempt that wrote it is gone. */
  @Transactional
  public void rewind(String jobId, long step) {
    jdbc.update("delete from job_checkpoint where job_id = ? and step > ?", jobId, step);
  }

  @Transactional
  public void put(String jobId, long step, long bytes, Instant time) {
    jdbc.update("delete from job_checkpoint where job_id = ? and step = ?", jobId, step);
    jdbc.update(
        "insert into job_checkpoint (job_id, step, bytes, time) values (?, ?, ?, ?)",
        jobId,
        step,
        bytes,
        Timestamp.from(time));
  }

  @Transactional
  public void delete(String jobId) {
    jdbc.update("delete from job_checkpoint where job_id = ?", jobId);
  }

  /** Those of the steps within these, the newest first, at most {@code limit}. */
  public List<Saved> newest(String jobId, long fromStep, long toStep, int limit) {
    return jdbc.query(
        "select step, bytes, time from job_checkpoint"
            + " where job_id = ? and step >= ? and step <= ?"
            + " order by job_id desc, step desc limit ?",
        SAVED,
        jobId,
        fromStep,
        toStep,
        limit);
  }

  /**
   * One that was written.
   *
   * @param bytes on disk; null of those that were written before it was kept
   */
  public record Saved(long step, @Nullable Long bytes, Instant time) {}
}
