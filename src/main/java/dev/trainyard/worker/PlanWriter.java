package dev.trainyard.worker;

import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.DatasetIntegrity;
import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.model.ModelIntegrity;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.storage.Storage;
import dev.trainyard.telemetry.trace.Traceparent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.protocol.TrainingPlan.WarmStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Writes down for a trainer what it is to do. */
@Component
@ConditionalOnRole(Role.WORKER)
class PlanWriter {

  private static final Logger LOG = LoggerFactory.getLogger(PlanWriter.class);

  private final DatasetCatalog datasets;
  private final DatasetIntegrity integrity;
  private final JobCatalog jobs;
  private final ModelCatalog models;
  private final ModelIntegrity modelIntegrity;
  private final Storage storage;

  PlanWriter(
      DatasetCatalog datasets,
      DatasetIntegrity integrity,
      JobCatalog jobs,
      ModelCatalog models,
      ModelIntegrity modelIntegrity,
      Storage storage) {
    this.datasets = datasets;
    this.integrity = integrity;
    this.jobs = jobs;
    this.models = models;
    this.modelIntegrity = modelIntegrity;
    this.storage = storage;
  }

  /**
   * Takes the job's folder over and leaves {@code plan.json} there; an export that was not
   * registered is cleared away.
   *
   * @throws StaleAttemptException when a later attempt has the folder
   * @throws ProblemException MODEL_DAMAGED when the model that it begins with is not what it was
   */
  AttemptPlan write(ClaimedJob job, ReadyDataset dataset, Traceparent trace) throws IOException {
    Path folder = jobs.folder(job.id());
    AttemptFolder own = AttemptFolder.take(folder, job.attempt(), storage);
    TrainingPlan plan =
        new TrainingPlan(
            job.id(),
            job.attempt(),
            job.spec(),
            new TrainingPlan.Data(
                dataset.trainShards(),
                dataset.validationShards(),
                dataset.labels(),
                dataset.trainExamples(),
                dataset.validationExamples()),
            Files.createDirectories(own.checkpoints()),
            Files.createDirectories(folder.resolve("events")),
            own.export(),
            storage.newTemporaryFile(),
            warmStart(job.warmStart(), own.checkpoints()),
            trace.value());
    storage.deleteTree(plan.export());
    Path written = storage.newTemporaryFile();
    Files.write(written, SpecJson.MAPPER.writeValueAsBytes(plan));
    Files.move(written, own.plan(), StandardCopyOption.ATOMIC_MOVE);
    return new AttemptPlan(plan, own.plan(), folder.resolve("log.txt"));
  }

  /** Deletes what the attempt kept for itself alone. */
  void discardScratch(TrainingPlan plan) {
    try {
      storage.deleteTree(plan.scratch());
    } catch (IOException e) {
      LOG.warn(
          "What attempt {} of job {} leaves stays until the next start: {}",
          plan.attempt(),
          plan.jobId(),
          e.toString());
    }
  }

  /** Only where to look: whether it is still there matters to a first attempt alone. */
  private @Nullable WarmStart warmStart(@Nullable WarmStartSpec from, Path checkpoints)
      throws IOException {
    if (from == null) {
      return null;
    }
    String model = from.model();
    if (model != null) {
      int version =
          Integer.parseInt(
              Objects.requireNonNull(from.version(), "resolved when the job was accepted"));
      if (isEmpty(checkpoints)) {
        verify(model, version);
      }
      return new WarmStart(
          "model %s, version %d".formatted(model, version),
          WarmStart.Kind.SAVED_MODEL,
          models.folder(model, version));
    }
    Path source = jobs.folder(String.valueOf(from.job()));
    return new WarmStart(
        "job " + from.job(),
        WarmStart.Kind.CHECKPOINTS,
        AttemptFolder.current(source)
            .map(AttemptFolder::checkpoints)
            .orElse(source.resolve("checkpoints")));
  }

  private void verify(String model, int version) {
    try {
      modelIntegrity.verify(
          models.version(model, Integer.toString(version)), ModelIntegrity.Finder.WARM_START);
    } catch (ProblemException e) {
      if (e.problem() != Problem.NOT_FOUND) { // the trainer says so, if it needs it
        throw e;
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  /**
   * What the job is trained on; its files are there.
   *
   * @throws ProblemException when it is gone or damaged, or not what the job was accepted for
   */
  ReadyDataset dataset(ClaimedJob job) {
    ReadyDataset dataset = datasets.ready(job.datasetId());
    integrity.checkSizes(dataset.id());
    return dataset;
  }

  /**
   * @param file where the plan is
   * @param log that the trainer's words are added to
   */
  record AttemptPlan(TrainingPlan plan, Path file, Path log) {}
}
