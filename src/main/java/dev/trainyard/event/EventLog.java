package dev.trainyard.event;

import dev.trainyard.spec.SpecJson;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.ObjectNode;

/** Where modules write down what happens to what they own. */
@Component
public class EventLog {

  private final JdbcTemplate jdbc;
  private final ApplicationEventPublisher announcements;
  private final Clock clock;

  EventLog(JdbcTemplate jdbc, ApplicationEventPublisher announcements, Clock clock) {
    this.jdbc = jdbc;
    this.announcements = announcements;
    this.clock = clock;
  }

  /**
   * Within the transaction that makes it true. Events of one thing are told in the order in which
   * they are written here, if whoever writes them holds its row.
   *
   * @param project that sees it
   * @param jobId of the job that it is about, if it is about one
   * @param data a record; the time is added to it
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(EventType type, String project, @Nullable String jobId, Object data) {
    Instant now = clock.instant();
    ObjectNode json = SpecJson.MAPPER.valueToTree(data);
    json.put("time", now.toString());
    jdbc.update(
        "insert into event (type, project, job_id, data, create_time) values (?, ?, ?, ?, ?)",
        type.name(),
        project,
        jobId,
        SpecJson.MAPPER.writeValueAsString(json),
        Timestamp.from(now));
    announcements.publishEvent(new EventAppended());
  }
}
