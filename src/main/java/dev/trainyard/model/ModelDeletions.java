package dev.trainyard.model;

import dev.trainyard.model.archive.ModelArchives;
import dev.trainyard.model.predict.Predictors;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.retention.Chore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes versions with their files, unless something needs them. */
@Component
public class ModelDeletions implements Chore {

  private static final Logger log = LoggerFactory.getLogger(ModelDeletions.class);

  private final ModelCatalog catalog;
  private final VersionLedger ledger;
  private final ModelFolders folders;
  private final ModelArchives archives;
  private final Predictors predictors;
  private final ServingConfig serving;

  ModelDeletions(
      ModelCatalog catalog,
      VersionLedger ledger,
      ModelFolders folders,
      ModelArchives archives,
      Predictors predictors,
      ServingConfig serving) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.folders = folders;
    this.archives = archives;
    this.predictors = predictors;
    this.serving = serving;
  }

  /**
   * Deletes a version and frees its disk. Its number is never given again, and its model is gone
   * with its last version.
   *
   * @param force deletes the aliases that stand for it as well
   * @throws ProblemException IN_USE when there are some and it is not forced, and when a job that
   *     has not ended begins with it
   */
  public void delete(String name, String version, boolean force) {
    ModelVersionView view = catalog.version(name, version);
    ModelVersion condemned =
        ledger
            .condemn(view.name(), view.version(), force)
            .orElseThrow(() -> ModelCatalog.noVersion(name, version));
    serving.write();
    erase(condemned);
  }

  /**
   * Deletes all versions of a model. One that is just being published appears all the same.
   *
   * @param force deletes its aliases as well
   * @throws ProblemException IN_USE
   */
  public void delete(String name, boolean force) {
    var condemned = ledger.condemn(catalog.require(name), force);
    serving.write();
    condemned.forEach(this::erase);
  }

  /** Completes the deletions that a process died in. */
  @Override
  public void tidy() {
    for (ModelVersion version : ledger.condemned()) {
      log.info("{} is deleted now", version);
      erase(version);
    }
  }

  private void erase(ModelVersion version) {
    Path folder = folders.of(version.modelName(), version.version());
    try {
      predictors.release(folder);
      folders.retire(folder);
      archives.delete(version.modelName(), version.version());
    } catch (IOException e) {
      throw new UncheckedIOException(version + " could not be deleted whole", e);
    }
    ledger.remove(version);
  }
}
