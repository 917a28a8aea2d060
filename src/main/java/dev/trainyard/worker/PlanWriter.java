package dev.trainyard.worker;

import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.model.ModelCatalog;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.storage.Storage;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.protocol.TrainingPlan.WarmStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes down for a trainer what it is to do. */
@Component
class PlanWriter {

  private final DatasetCatalog datasets;
  private final JobCatalog jobs;
  private final ModelCatalog models;
  private final Storage storage;

  PlanWriter(DatasetCatalog datasets, JobCatalog jobs, ModelCatalog models, Storage storage) {
    this.datasets = datasets;
    this.jobs = jobs;
    this.models = models;
    this.storage = storage;
  }

  /**
   * Leaves {@code plan.json} in the job's folder; an export that was not registered is cleared
   * away.
   */
  TrainingPlan write(ClaimedJob job, ReadyDataset dataset) throws IOException {
    Path folder = Files.createDirectories(jobs.folder(job.id()));
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
            Files.createDirectories(checkpoints(job.id())),
            Files.createDirectories(folder.resolve("events")),
            folder.resolve("export"),
            warmStart(job.warmStart()));
    storage.deleteTree(plan.export());
    Path written = storage.newTemporaryFile();
    Files.write(written, SpecJson.MAPPER.writeValueAsBytes(plan));
    Files.move(written, file(job), StandardCopyOption.ATOMIC_MOVE);
    return plan;
  }

  /** Only where to look: whether it is still there matters to a first attempt alone. */
  private @Nullable WarmStart warmStart(@Nullable WarmStartSpec from) {
    if (from == null) {
      return null;
    }
    String model = from.model();
    if (model != null) {
      int version = Objects.requireNonNull(from.version(), "resolved when the job was accepted");
      return new WarmStart(
          "model %s, version %d".formatted(model, version),
          WarmStart.Kind.SAVED_MODEL,
          models.folder(model, version));
    }
    return new WarmStart(
        "job " + from.job(), WarmStart.Kind.CHECKPOINTS, checkpoints(String.valueOf(from.job())));
  }

  private Path checkpoints(String job) {
    return jobs.folder(job).resolve("checkpoints");
  }

  ReadyDataset dataset(ClaimedJob job) {
    return datasets.ready(job.datasetId());
  }

  Path file(ClaimedJob job) {
    return jobs.folder(job.id()).resolve("plan.json");
  }

  Path log(ClaimedJob job) {
    return jobs.folder(job.id()).resolve("log.txt");
  }
}
