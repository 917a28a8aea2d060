package dev.trainyard.dataset;

import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import org.springframework.context.ApplicationEventPublisher;

/** Tells of every dataset that is written. */
class DatasetChanges {

  private final ApplicationEventPublisher events;

  DatasetChanges(ApplicationEventPublisher events) {
    this.events = events;
  }

  @PostUpdate
  @PostRemove
  void changed(Dataset dataset) {
    events.publishEvent(new DatasetChanged(dataset.id()));
  }
}
