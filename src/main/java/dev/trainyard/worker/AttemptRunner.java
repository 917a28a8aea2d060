package dev.trainyard.worker;

import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobCatalog;
import dev.trainyard.job.JobQueue;
import dev.trainyard.job.JobReason;
import dev.trainyard.job.StaleClaimException;
import dev.trainyard.model.FinishedModel;
import dev.trainyard.model.ModelRegistry;
import dev.trainyard.model.UnusableModelException;
import dev.trainyard.problem.DatabaseUnavailable;
import dev.trainyard.problem.DiskFull;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.worker.executor.TrainerExecutor;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries out one attempt: plan, trainer, registration, and the word to the queue on how it ended.
 */
@Component
@ConditionalOnRole(Role.WORKER)
class AttemptRunner {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);

  /** Exit code of a process that signal 9 has ended. */
  private static final int SIGKILLED = 128 + 9;

  private final JobQueue queue;
  private final PlanWriter plans;
  private final TrainerExecutor executor;
  private final AttemptWatch watch;
  private final ModelRegistry registry;
  private final JobCatalog jobs;
  private final AttemptTraces traces;
  private final ServiceMetrics metrics;
  private final Clock clock;

  AttemptRunner(
      JobQueue queue,
      PlanWriter plans,
      TrainerExecutor executor,
      AttemptWatch watch,
      ModelRegistry registry,
      JobCatalog jobs,
      AttemptTraces traces,
      ServiceMetrics metrics,
      Clock clock) {
    this.queue = queue;
    this.plans = plans;
    this.executor = executor;
    this.watch = watch;
    this.registry = registry;
    this.jobs = jobs;
    this.traces = traces;
    this.metrics = metrics;
    this.clock = clock;
  }

  void run(ClaimedJob job, SlotGauges.Slot slot) throws InterruptedException {
    try (AttemptTrace trace = traces.of(job)) {
      run(job, slot, trace);
    }
  }

  private void run(ClaimedJob job, SlotGauges.Slot slot, AttemptTrace trace)
      throws InterruptedException {
    AttemptMetrics measured = new AttemptMetrics(metrics, job);
    slot.occupy();
    Ending ending = stopped(job);
    try {
      ending = attempt(job, slot, measured, trace);
    } catch (UnusableModelException e) {
      ending = failed(job, JobReason.MODEL_UNUSABLE, String.valueOf(e.getMessage()));
    } catch (
        ProblemException e) { // its dataset, or the model that it begins with, is gone or damaged
      ending = failed(job, JobReason.DATA_ERROR, e.detail());
    } catch (StaleClaimException | StaleAttemptException e) {
      LOG.info("{}", e.getMessage());
      ending = new Ending(Outcome.STALE, () -> true);
    } catch (IOException | RuntimeException e) {
      if (DatabaseUnavailable.isBehind(e)) { // the job has no part in it
        LOG.warn("The database failed attempt {} of job {}: {}", job.attempt(), job.id(), e);
      } else {
        LOG.error("Attempt {} of job {} broke off", job.attempt(), job.id(), e);
        ending = crashed(job, reason(e), "The worker failed: " + e);
      }
    } finally {
      slot.free();
      measured.over(ending.outcome().tag());
      trace.over(ending.outcome().tag(), ending.outcome().isFailure());
    }
    Insistence.sayLast(ending.word());
  }

  private Ending attempt(
      ClaimedJob job, SlotGauges.Slot slot, AttemptMetrics measured, AttemptTrace trace)
      throws IOException, InterruptedException {
    var registered = registry.ofJob(job.id());
    if (registered.isPresent()) { // the last attempt died between registering and saying so
      queue.started(job, registered.get().step(), registered.get().parameters());
      return succeeded(job, registered.get().version());
    }
    trace.part("start");
    ReadyDataset dataset = plans.dataset(job);
    PlanWriter.AttemptPlan plan = plans.write(job, dataset, trace.traceparent());
    long memoryKills = MemoryKills.count();
    Attempt attempt =
        new Attempt(job, executor.start(plan.file(), plan.log()), queue, slot, measured, trace);
    watch.add(attempt);
    try {
      int exitCode = attempt.observe();
      boolean outOfMemory = exitCode == SIGKILLED && MemoryKills.count() > memoryKills;
      return end(attempt, exitCode, outOfMemory, plan.plan(), dataset);
    } finally {
      watch.remove(attempt);
      plans.discardScratch(plan.plan());
    }
  }

  private Ending end(
      Attempt attempt, int exitCode, boolean outOfMemory, TrainingPlan plan, ReadyDataset dataset)
      throws IOException {
    ClaimedJob job = attempt.job();
    TrainerEvent.Exported exported = attempt.exported();
    TrainerEvent.Failed failure = attempt.failure();
    if (queue.directive(job) != JobQueue.Directive.CONTINUE) { // nothing is registered
      return stopped(job);
    }
    if (exitCode == ExitCode.FINISHED.code() && exported != null) {
      EvaluationReport evaluation = queue.evaluation(job, exported.step()).orElse(null);
      FinishedModel model =
          FinishedModels.of(
              attempt,
              exported,
              evaluation,
              plan,
              dataset,
              jobs.get(job.id()).status().attempts(),
              clock.instant());
      try (AttemptTrace.Part registration = attempt.trace().part("register")) {
        return succeeded(job, registry.publish(model, () -> queue.require(job)).version());
      }
    }
    if (attempt.isExpired()) {
      return new Ending(Outcome.FAILED, () -> queue.expired(job));
    }
    if (attempt.stopRequested()) { // also when it had to be killed: the last checkpoint is whole
      return stopped(job);
    }
    if (outOfMemory) { // tried again: something else on the machine may have taken the memory
      return crashed(job, JobReason.OUT_OF_MEMORY, needsLess(job.spec().training()));
    }
    if (failure == null) {
      return crashed(job, JobReason.TRAINER_CRASHED, describe(exitCode));
    }
    JobReason reason = JobReason.of(failure.reason());
    return exitCode == ExitCode.NOT_RETRIABLE.code()
        ? failed(job, reason, failure.message())
        : crashed(job, reason, failure.message());
  }

  private Ending succeeded(ClaimedJob job, int version) {
    return new Ending(Outcome.SUCCEEDED, () -> queue.succeeded(job, version));
  }

  private Ending failed(ClaimedJob job, JobReason reason, String message) {
    return new Ending(Outcome.FAILED, () -> queue.failed(job, reason, message));
  }

  private Ending crashed(ClaimedJob job, JobReason reason, String message) {
    return new Ending(Outcome.CRASHED, () -> queue.crashed(job, reason, message));
  }

  private Ending stopped(ClaimedJob job) {
    return new Ending(Outcome.STOPPED, () -> queue.stopped(job));
  }

  private static JobReason reason(Exception problem) {
    return DiskFull.isBehind(problem) ? JobReason.DISK_FULL : JobReason.TRAINER_CRASHED;
  }

  private static String needsLess(TrainingSpec training) {
    return "The kernel killed the trainer because memory ran out. Less is needed with a training.batchSize below %d, or with training.gradientAccumulationSteps above %d"
        .formatted(training.batchSize(), training.gradientAccumulationSteps());
  }

  private static String describe(int exitCode) {
    return exitCode > 128
        ? "The trainer was killed by signal %d (exit code %d)".formatted(exitCode - 128, exitCode)
        : "The trainer ended with exit code %d and no word on why".formatted(exitCode);
  }

  /**
   * How an attempt ended.
   *
   * @param word that tells the queue; false when nobody wants to know any more
   */
  private record Ending(Outcome outcome, Supplier<Boolean> word) {}

  /** The bounded tag of the attempts' timer. */
  private enum Outcome {
    SUCCEEDED,
    FAILED,
    CRASHED,
    STOPPED,
    /** Another worker has the job. */
    STALE;

    boolean isFailure() {
      return this == FAILED || this == CRASHED;
    }

    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
