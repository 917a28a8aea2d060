package dev.trainyard.telemetry;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** When each job has written checkpoints, whatever the attempts. */
@Component
public class JobCheckpoints {

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
  public void put(String jobId, long step, Instant time) {
    jdbc.update("delete from job_checkpoint where job_id = ? and step = ?", jobId, step);
    jdbc.update(
        "insert into job_checkpoint (job_id, step, time) values (?, ?, ?)",
        jobId,
        step,
        Timestamp.from(time));
  }

  @Transactional
  public void delete(String jobId) {
    jdbc.update("delete from job_checkpoint where job_id = ?", jobId);
  }

  /** Their steps within these, the newest first, at most {@code limit}. */
  public List<Long> newest(String jobId, long fromStep, long toStep, int limit) {
    return jdbc.queryForList(
        "select step from job_checkpoint where job_id = ? and step >= ? and step <= ?"
            + " order by job_id desc, step desc limit ?",
        Long.class,
        jobId,
        fromStep,
        toStep,
        limit);
  }
}
