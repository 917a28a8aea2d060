package dev.trainyard.worker;

import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobQueue;
import dev.trainyard.job.JobReason;
import dev.trainyard.model.ModelRegistry;
import dev.trainyard.model.UnusableModelException;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.worker.executor.TrainerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries out one attempt: plan, trainer, registration, and the word to the queue on how it ended.
 */
@Component
class AttemptRunner {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);

  /** Exit code of a process that signal 9 has ended. */
  private static final int SIGKILLED = 128 + 9;

  private final JobQueue queue;
  private final PlanWriter plans;
  private final TrainerExecutor executor;
  private final AttemptWatch watch;
  private final ModelRegistry registry;
  private final ServiceMetrics metrics;
  private final int maxAttempts;

  AttemptRunner(
      JobQueue queue,
      PlanWriter plans,
      TrainerExecutor executor,
      AttemptWatch watch,
      ModelRegistry registry,
      ServiceMetrics metrics,
      WorkerProperties properties) {
    this.queue = queue;
    this.plans = plans;
    this.executor = executor;
    this.watch = watch;
    this.registry = registry;
    this.metrics = metrics;
    this.maxAttempts = properties.maxAttempts();
  }

  void run(ClaimedJob job, SlotGauges.Slot slot) {
    long begin = System.nanoTime();
    slot.occupy();
    Ending ending = Ending.CRASHED;
    try {
      ending = attempt(job, slot);
    } catch (UnusableModelException e) {
      queue.failed(job, JobReason.MODEL_UNUSABLE, String.valueOf(e.getMessage()));
      ending = Ending.FAILED;
    } catch (ProblemException e) { // its dataset is gone
      queue.failed(job, JobReason.DATA_ERROR, e.detail());
      ending = Ending.FAILED;
    } catch (IOException | RuntimeException e) {
      LOG.error("Attempt {} of job {} broke off", job.attempt(), job.id(), e);
      queue.crashed(job, JobReason.TRAINER_CRASHED, "The worker failed: " + e, maxAttempts);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      queue.stopped(job);
      ending = Ending.STOPPED;
    } finally {
      slot.free();
      metrics
          .timer(
              TrainyardMetric.JOB_RUN_TIME,
              job.spec().model().type(),
              ending.name().toLowerCase(Locale.ROOT))
          .record(Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private Ending attempt(ClaimedJob job, SlotGauges.Slot slot)
      throws IOException, InterruptedException {
    var registered = registry.ofJob(job.id());
    if (registered.isPresent()) { // the last attempt died between registering and saying so
      queue.started(job, registered.get().step(), registered.get().parameters());
      queue.succeeded(job, registered.get().version());
      return Ending.SUCCEEDED;
    }
    ReadyDataset dataset = plans.dataset(job);
    TrainingPlan plan = plans.write(job, dataset);
    long memoryKills = MemoryKills.count();
    Attempt attempt =
        new Attempt(job, executor.start(plans.file(job), plans.log(job)), queue, slot, metrics);
    watch.add(attempt);
    try {
      int exitCode = attempt.observe();
      boolean outOfMemory = exitCode == SIGKILLED && MemoryKills.count() > memoryKills;
      return outOfMemory ? outOfMemory(attempt) : end(attempt, exitCode, plan, dataset);
    } finally {
      watch.remove(attempt);
    }
  }

  private Ending end(Attempt attempt, int exitCode, TrainingPlan plan, ReadyDataset dataset)
      throws IOException {
    ClaimedJob job = attempt.job();
    TrainerEvent.Exported exported = attempt.exported();
    TrainerEvent.Failed failure = attempt.failure();
    if (queue.directive(job) == JobQueue.Directive.STOP) { // cancelled: nothing is registered
      queue.stopped(job);
      return Ending.STOPPED;
    }
    if (exitCode == ExitCode.FINISHED.code() && exported != null) {
      EvaluationReport evaluation = queue.evaluation(job, exported.step()).orElse(null);
      int version =
          registry
              .publish(FinishedModels.of(attempt, exported, evaluation, plan, dataset))
              .version();
      queue.succeeded(job, version);
      return Ending.SUCCEEDED;
    }
    if (attempt.stopRequested()) { // also when it had to be killed: the last checkpoint is whole
      queue.stopped(job);
      return Ending.STOPPED;
    }
    if (exitCode == ExitCode.NOT_RETRIABLE.code() && failure != null) {
      queue.failed(job, JobReason.of(failure.reason()), failure.message());
      return Ending.FAILED;
    }
    if (failure != null) {
      queue.crashed(job, JobReason.of(failure.reason()), failure.message(), maxAttempts);
    } else {
      queue.crashed(job, JobReason.TRAINER_CRASHED, describe(exitCode), maxAttempts);
    }
    return Ending.CRASHED;
  }

  /** Tried again: something else on the machine may have taken the memory. */
  private Ending outOfMemory(Attempt attempt) {
    ClaimedJob job = attempt.job();
    if (attempt.stopRequested() || queue.directive(job) == JobQueue.Directive.STOP) {
      queue.stopped(job);
      return Ending.STOPPED;
    }
    TrainingSpec training = job.spec().training();
    String message =
        "The kernel killed the trainer because memory ran out. Less is needed with a training.batchSize below %d, or with training.gradientAccumulationSteps above %d"
            .formatted(training.batchSize(), training.gradientAccumulationSteps());
    queue.crashed(job, JobReason.OUT_OF_MEMORY, message, maxAttempts);
    return Ending.CRASHED;
  }

  private static String describe(int exitCode) {
    return exitCode > 128
        ? "The trainer was killed by signal %d (exit code %d)".formatted(exitCode - 128, exitCode)
        : "The trainer ended with exit code %d and no word on why".formatted(exitCode);
  }

  /** How an attempt ended: the bounded tag of its timer. */
  private enum Ending {
    SUCCEEDED,
    FAILED,
    CRASHED,
    STOPPED
  }
}
