package dev.trainyard.job;

import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import org.springframework.context.ApplicationEventPublisher;

/** Tells of every job that is written. */
class JobChanges {

  private final ApplicationEventPublisher events;

  JobChanges(ApplicationEventPublisher events) {
    this.events = events;
  }

  @PostUpdate
  @PostRemove
  void changed(Job job) {
    events.publishEvent(new JobChanged(job.id()));
  }
}
