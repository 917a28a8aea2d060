package dev.trainyard.dataset;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What is decided about a dataset while nobody else decides about it. */
@Component
class DatasetVerbs {

  private final Datasets datasets;
  private final ObjectProvider<DatasetUse> uses;

  DatasetVerbs(Datasets datasets, ObjectProvider<DatasetUse> uses) {
    this.datasets = datasets;
    this.uses = uses;
  }

  /** Its worker finds it gone from its hands when it next reports. */
  @Transactional
  public Dataset cancel(String id) {
    Dataset dataset = datasets.lock(id).orElseThrow(() -> DatasetCatalog.missing(id));
    if (dataset.state() != DatasetState.CONVERTING) {
      throw new ProblemException(
          Problem.ILLEGAL_STATE,
          "The dataset is %s: only one that is CONVERTING can be cancelled."
              .formatted(dataset.state()));
    }
    dataset.cancelled();
    return dataset;
  }

  /** Its files are the caller's to delete, once that is committed. */
  @Transactional
  public Dataset remove(String id) {
    Dataset dataset = datasets.lock(id).orElseThrow(() -> DatasetCatalog.missing(id));
    if (dataset.state() == DatasetState.CONVERTING) {
      throw new ProblemException(
          Problem.ILLEGAL_STATE,
          "It is being converted; cancel it, or delete it when that has ended.");
    }
    if (uses.stream().anyMatch(use -> use.inUse(id))) {
      throw new ProblemException(
          Problem.IN_USE, "A job uses this dataset; delete it when the job has ended.");
    }
    List<Dataset> added = datasets.findByBaseAndState(id, DatasetState.CONVERTING);
    if (!added.isEmpty()) {
      throw new ProblemException(
          Problem.IN_USE,
          "Version %d is being made of it; delete it when that has ended."
              .formatted(added.get(0).version()));
    }
    datasets.delete(dataset);
    return dataset;
  }
}
