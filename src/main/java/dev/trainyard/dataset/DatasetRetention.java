package dev.trainyard.dataset;

import dev.trainyard.problem.ProblemException;
import dev.trainyard.retention.Chore;
import dev.trainyard.retention.Orphans;
import dev.trainyard.retention.RetentionProperties;
import dev.trainyard.retention.Waste;
import dev.trainyard.storage.Storage;
import dev.trainyard.upload.UploadUse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Deletes datasets that failed or were cancelled long ago, and what crashes left: uploads, on disk
 * before their dataset is registered, and folders that no dataset has.
 */
@Component
class DatasetRetention implements Chore, UploadUse {

  private static final Set<DatasetState> ENDED_BADLY =
      Set.of(DatasetState.FAILED, DatasetState.CANCELLED);

  private final Datasets datasets;
  private final DatasetCatalog catalog;
  private final RetentionProperties properties;
  private final Orphans orphans;
  private final Waste waste;
  private final Storage storage;
  private final Clock clock;

  DatasetRetention(
      Datasets datasets,
      DatasetCatalog catalog,
      RetentionProperties properties,
      Orphans orphans,
      Waste waste,
      Storage storage,
      Clock clock) {
    this.datasets = datasets;
    this.catalog = catalog;
    this.properties = properties;
    this.orphans = orphans;
    this.waste = waste;
    this.storage = storage;
    this.clock = clock;
  }

  @Override
  public void tidy() throws IOException {
    orphans.sweep(
        storage.of(UploadedFiles.FOLDER),
        id -> datasets.existsByIdAndState(id, DatasetState.CONVERTING));
    orphans.sweep(storage.of("datasets"), datasets::existsById);
    if (properties.failedDatasets().isZero()) {
      return;
    }
    Instant before = clock.instant().minus(properties.failedDatasets());
    for (Dataset failed : datasets.findByStateInAndCreateTimeBefore(ENDED_BADLY, before)) {
      Path folder = failed.folder(storage);
      long bytes = waste.bytes(folder);
      try {
        catalog.delete(failed.id());
        waste.count(Waste.Kind.DATASETS, bytes);
      } catch (ProblemException | OptimisticLockingFailureException e) {
        // Another process was first.
      }
    }
  }

  @Override
  public boolean inUse(String upload) {
    return datasets.converts(upload);
  }
}
