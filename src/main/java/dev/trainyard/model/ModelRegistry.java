package dev.trainyard.model;

import dev.trainyard.model.predict.PredictorEndedException;
import dev.trainyard.model.predict.Predictors;
import dev.trainyard.model.signing.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Registers what jobs export, exactly once a job. The steps are: hash the export; load it in a
 * process of its own; give the job its version number (PUBLISHING); rename the folder to its place;
 * show it (READY). Each can be repeated, so the job's next attempt takes a publication that died up
 * where it stood; that is also why nothing else ever touches a PUBLISHING row.
 */
@Component
public class ModelRegistry {

  /** The signature that prediction runs. */
  public static final String SERVING_DEFAULT = "serving_default";

  private static final Logger log = LoggerFactory.getLogger(ModelRegistry.class);

  private final VersionLedger ledger;
  private final ModelFolders folders;
  private final Predictors predictors;
  private final ServingConfig serving;
  private final Signatures signatures;

  ModelRegistry(
      VersionLedger ledger,
      ModelFolders folders,
      Predictors predictors,
      ServingConfig serving,
      Signatures signatures) {
    this.ledger = ledger;
    this.folders = folders;
    this.predictors = predictors;
    this.serving = serving;
    this.signatures = signatures;
  }

  /** The version that the job has made, once it is READY. */
  public Optional<ModelVersionView> ofJob(String jobId) {
    return ledger
        .ofJob(jobId)
        .filter(version -> version.state() == VersionState.READY)
        .map(version -> version.view(List.of(), signatures));
  }

  /**
   * The job's version of the model: the one it has already, or the next one, which its export then
   * becomes. May be called again after any failure, with the export where it was or already moved.
   *
   * @param fence run within each transaction that would show something of the model; what it throws
   *     keeps that from happening
   * @throws UnusableModelException when the export is no SavedModel or cannot be loaded; no version
   *     number is spent on it
   * @throws UncheckedIOException when the disk fails; another attempt may succeed
   */
  public ModelVersionView publish(FinishedModel finished, Runnable fence) {
    Optional<ModelVersion> present = ledger.ofJob(finished.jobId());
    if (present.isPresent() && present.get().state() == VersionState.READY) {
      return present.get().view(List.of(), signatures);
    }
    if (present.isPresent() && present.get().state() == VersionState.DELETING) {
      throw new IllegalStateException(present.get() + " is not published again");
    }
    try {
      if (!isInPlace(finished.jobId())) {
        move(finished, fence);
      }
    } catch (UnusableModelException e) {
      if (!isInPlace(finished.jobId())) { // else somebody moved it while it was being looked at
        throw e;
      }
    } catch (IOException e) {
      if (!isInPlace(finished.jobId())) {
        throw new UncheckedIOException(
            "The model of job " + finished.jobId() + " could not be moved to its place", e);
      }
    }
    ModelVersionView announced = ledger.announce(finished.jobId(), fence);
    serving.write();
    log.info("Model {} version {} is ready", announced.name(), announced.version());
    return announced;
  }

  private boolean isInPlace(String jobId) {
    return ledger.ofJob(jobId).filter(version -> Files.isDirectory(folderOf(version))).isPresent();
  }

  private void move(FinishedModel finished, Runnable fence) throws IOException {
    List<ModelFile> files = folders.manifest(finished.export());
    check(finished.export());
    ModelVersion version =
        ledger.reserve(
            finished.jobId(), finished.model(), VersionDetails.of(finished, files), fence);
    folders.publish(finished.export(), folderOf(version));
  }

  private void check(Path export) {
    try {
      if (!predictors.check(export).containsKey(SERVING_DEFAULT)) {
        throw new UnusableModelException(
            "The exported model has no signature '" + SERVING_DEFAULT + "'.");
      }
    } catch (PredictorEndedException e) {
      throw new UnusableModelException(
          "The exported model could not be loaded. " + e.getMessage(), e);
    }
  }

  private Path folderOf(ModelVersion version) {
    return folders.of(version.modelName(), version.version());
  }
}
