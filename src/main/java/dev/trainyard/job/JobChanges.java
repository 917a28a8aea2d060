package dev.trainyard.job;

import dev.trainyard.event.EventLog;
import dev.trainyard.event.EventType;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells of every job that is written: to this process what to look at again, and to all who listen
 * what has happened, in the same transaction.
 */
class JobChanges {

  private final ApplicationEventPublisher events;
  private final EventLog log;

  JobChanges(ApplicationEventPublisher events, EventLog log) {
    this.events = events;
    this.log = log;
  }

  @PostPersist
  void added(Job job) {
    log.append(EventType.TRANSITION, job.project(), job.id(), job.event());
  }

  @PostUpdate
  void changed(Job job) {
    job.news().tell(log, job.project());
    events.publishEvent(new JobChanged(job.id()));
  }

  @PostRemove
  void removed(Job job) {
    log.append(EventType.DELETED, job.project(), job.id(), Map.of("jobId", job.id()));
    events.publishEvent(new JobChanged(job.id()));
  }
}
