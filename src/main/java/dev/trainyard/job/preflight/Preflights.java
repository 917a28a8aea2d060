package dev.trainyard.job.preflight;

import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.DatasetIntegrity;
import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobIntake;
import dev.trainyard.job.SizeCheck;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.storage.Storage;
import dev.trainyard.storage.StorageProperties;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Tries jobs before they are queued, a bounded number at the same time. */
@Component
@ConditionalOnRole(Role.API)
public class Preflights {

  /** The share of the time that may go into reading the dataset's files. */
  private static final int READING = 4;

  private final JobIntake intake;
  private final DatasetCatalog datasets;
  private final DatasetIntegrity integrity;
  private final SizeCheck size;
  private final PreflightProcess process;
  private final PreflightProperties properties;
  private final Storage storage;
  private final StorageProperties limits;
  private final Semaphore places;

  Preflights(
      JobIntake intake,
      DatasetCatalog datasets,
      DatasetIntegrity integrity,
      SizeCheck size,
      PreflightProcess process,
      PreflightProperties properties,
      Storage storage,
      StorageProperties limits) {
    this.intake = intake;
    this.datasets = datasets;
    this.integrity = integrity;
    this.size = size;
    this.process = process;
    this.properties = properties;
    this.storage = storage;
    this.limits = limits;
    this.places = new Semaphore(properties.concurrent());
  }

  /**
   * Checks the spec and the dataset, makes some real steps, and reckons.
   *
   * @throws ProblemException whatever a submission is refused with; DATASET_DAMAGED; and what the
   *     steps showed, see {@link Verdict}; PREFLIGHT_UNAVAILABLE while as many as may are tried
   */
  public Preflight of(JobSpec spec) {
    ReadyDataset dataset = intake.check(spec);
    integrity.checkSizes(dataset.id());
    if (!places.tryAcquire()) {
      throw new ProblemException(
              Problem.PREFLIGHT_UNAVAILABLE,
              "As many jobs as may are being tried now, %d (trainyard.preflight.concurrent). Ask again in a few seconds."
                  .formatted(properties.concurrent()))
          .retryAfter(5);
    }
    try {
      return tried(spec, dataset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      places.release();
    }
  }

  private Preflight tried(JobSpec spec, ReadyDataset dataset) throws IOException {
    boolean whole = integrity.checkContents(dataset.id(), properties.timeout().dividedBy(READING));
    Path folder = storage.newTemporaryFolder();
    try {
      Path plan = folder.resolve("plan.json");
      Files.write(plan, SpecJson.MAPPER.writeValueAsBytes(plan(spec, dataset, folder)));
      Path log = folder.resolve("log.txt");
      Trace trace = process.run(plan, log);
      if (trace.failed() != null || trace.exported() == null && !trace.timedOut()) {
        stillThere(dataset);
      }
      OptionalLong largestWorker = size.largest(spec);
      Verdict.check(trace, spec, largestWorker, log, properties.timeout());
      long free = Files.getFileStore(folder).getUsableSpace();
      return new Reckoning(spec, dataset, datasets.view(dataset.id()), trace)
          .preflight(whole, largestWorker, free, limits.minFreeSpace().toBytes());
    } finally {
      storage.deleteTree(folder);
    }
  }

  /** Somebody may have deleted it meanwhile, or its files. */
  private void stillThere(ReadyDataset dataset) {
    datasets.ready(dataset.id());
    integrity.checkSizes(dataset.id());
  }

  private static TrainingPlan plan(JobSpec spec, ReadyDataset dataset, Path folder) {
    return new TrainingPlan(
        "preflight",
        1,
        spec,
        new TrainingPlan.Data(
            dataset.trainShards(),
            dataset.validationShards(),
            dataset.labels(),
            dataset.trainExamples(),
            dataset.validationExamples()),
        folder.resolve("checkpoints"),
        folder.resolve("events"),
        folder.resolve("export"),
        folder.resolve("scratch"),
        null, // other weights cost the same
        null);
  }
}
