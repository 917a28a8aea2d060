package dev.trainyard.dataset;

import dev.trainyard.event.EventLog;
import dev.trainyard.event.EventType;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells of every dataset that is written: to this process what to look at again, and to all who
 * listen what has happened, in the same transaction.
 */
class DatasetChanges {

  private final ApplicationEventPublisher events;
  private final EventLog log;

  DatasetChanges(ApplicationEventPublisher events, EventLog log) {
    this.events = events;
    this.log = log;
  }

  @PostPersist
  void added(Dataset dataset) {
    log.append(EventType.DATASET, dataset.project(), null, dataset.event());
  }

  @PostUpdate
  void changed(Dataset dataset) {
    log.append(EventType.DATASET, dataset.project(), null, dataset.event());
    events.publishEvent(new DatasetChanged(dataset.id()));
  }

  @PostRemove
  void removed(Dataset dataset) {
    log.append(EventType.DELETED, dataset.project(), null, Map.of("datasetId", dataset.id()));
    events.publishEvent(new DatasetChanged(dataset.id()));
  }
}
