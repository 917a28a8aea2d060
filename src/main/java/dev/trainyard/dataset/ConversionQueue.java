package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.ConversionProgress;
import dev.trainyard.event.EventLog;
import dev.trainyard.event.EventType;
import dev.trainyard.fleet.Heir;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Datasets that wait for their conversion, the oldest first. A worker holds one by its lease; what
 * it reports counts only while no other has taken it over.
 */
@Component
class ConversionQueue implements Heir {

  private static final int CANDIDATES = 8;

  private final Datasets datasets;
  private final EventLog log;

  ConversionQueue(Datasets datasets, EventLog log) {
    this.datasets = datasets;
    this.log = log;
  }

  /**
   * @param worker the id of its lease
   * @param folders whether it can read any folder; it leaves to others what it could not
   */
  @Transactional
  Optional<Dataset> claim(String worker, boolean folders) {
    return datasets.waiting(folders, CANDIDATES).stream()
        .flatMap(id -> datasets.lockWaiting(id).stream())
        .findFirst()
        .flatMap(datasets::findById)
        .map(
            dataset -> {
              dataset.claim(worker);
              return dataset;
            });
  }

  /**
   * Tells how far it is; nothing is locked for it.
   *
   * @return false when it is no longer this worker's: it was cancelled, deleted or taken over
   */
  @Transactional
  boolean progress(Dataset claimed, ConversionProgress progress) {
    ConversionProgress.Snapshot now = progress.snapshot();
    boolean counts =
        datasets.progress(
                claimed.id(),
                claimed.attempt(),
                now.phase().name(),
                now.done(),
                now.total(),
                now.bytes(),
                now.imagesPerSecond(),
                now.etaSeconds())
            > 0;
    if (counts) {
      datasets
          .findById(claimed.id())
          .ifPresent(
              dataset -> log.append(EventType.DATASET, dataset.project(), null, dataset.event()));
    }
    return counts;
  }

  /**
   * Ends the conversion.
   *
   * @param ending what is to be seen of it appears in there; nobody can take the dataset meanwhile
   * @return false when another worker has it, or the dataset is gone: nothing has happened then
   */
  @Transactional
  boolean end(Dataset claimed, Consumer<Dataset> ending) {
    Optional<Dataset> held =
        datasets.lock(claimed.id()).filter(dataset -> dataset.isHeldAs(claimed));
    held.ifPresent(ending);
    return held.isPresent();
  }

  /** Lets others have it, who begin anew. */
  @Transactional
  void release(Dataset claimed) {
    end(claimed, Dataset::release);
  }

  /**
   * Takes back what a worker has by its claims and does not know of.
   *
   * @param running what it converts
   */
  @Transactional
  void releaseAllBut(Set<Dataset> running, String worker) {
    Set<String> known = running.stream().map(Dataset::id).collect(Collectors.toSet());
    datasets.heldBy(worker).stream()
        .filter(id -> !known.contains(id))
        .forEach(id -> datasets.lock(id).ifPresent(Dataset::release));
  }

  /** The next worker begins anew. */
  @Override
  @Transactional
  public void takeBack() {
    datasets.releaseOrphans();
  }
}
