package dev.trainyard.job;

import dev.trainyard.telemetry.JobEvaluations;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingEnd;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What workers see of the jobs. A claim is a short transaction; the work happens outside; each
 * report is a transaction of its own that first checks the fencing token. A report that is too late
 * changes nothing and returns false.
 */
@Component
public class JobQueue {

  private final Jobs jobs;
  private final MetricHistory history;
  private final JobEvaluations evaluations;
  private final ServiceMetrics metrics;
  private final Clock clock;

  JobQueue(
      Jobs jobs,
      MetricHistory history,
      JobEvaluations evaluations,
      ServiceMetrics metrics,
      Clock clock) {
    this.jobs = jobs;
    this.history = history;
    this.evaluations = evaluations;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Takes the oldest waiting job that runs on one of these accelerators. */
  @Transactional
  public Optional<ClaimedJob> claim(String worker, Collection<String> accelerators) {
    return jobs.lockNext(clock.instant(), accelerators)
        .flatMap(jobs::findById)
        .map(
            job -> {
              Duration waited = Duration.between(job.queueTime(), clock.instant());
              metrics
                  .timer(TrainyardMetric.JOB_QUEUE_WAIT, job.spec().model().type())
                  .record(waited);
              job.claim(worker, clock.instant());
              return job.claimed();
            });
  }

  /** The accelerators that waiting jobs ask for and that are none of these. */
  @Transactional(readOnly = true)
  public Set<String> lacking(Collection<String> accelerators) {
    return jobs.waitingForOther(accelerators).stream()
        .map(job -> job.spec().accelerator().type().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Tells the jobs that wait for something else why they wait.
   *
   * @param devices what there is, in words
   */
  @Transactional
  public void explainWaiting(Collection<String> accelerators, String devices) {
    for (Job waiting : jobs.waitingForOther(accelerators)) {
      jobs.lock(waiting.id())
          .filter(job -> job.state() == JobState.QUEUED)
          .ifPresent(
              job ->
                  job.explainWait(
                      JobReason.ACCELERATOR_UNAVAILABLE,
                      ("Waits for a worker with a %s; what the workers of this service have is: %s."
                              + " Cancel the job, or start a worker that has it.")
                          .formatted(job.spec().accelerator().type(), devices)));
    }
  }

  /** The trainer has restored {@code step} and begins. */
  @Transactional
  public boolean started(ClaimedJob claim, long step, long parameters) {
    return report(
        claim,
        job -> {
          history.rewind(claim.id(), step);
          evaluations.rewind(claim.id(), step);
          job.running(step, parameters, clock.instant());
        });
  }

  @Transactional
  public boolean entered(ClaimedJob claim, TrainerPhase phase) {
    return report(claim, job -> job.enter(phase));
  }

  @Transactional
  public boolean stepped(
      ClaimedJob claim,
      long step,
      double loss,
      double accuracy,
      double learningRate,
      double examplesPerSecond,
      @Nullable Double etaSeconds) {
    return report(
        claim,
        job -> {
          job.progress().stepped(step, loss, accuracy, learningRate, examplesPerSecond, etaSeconds);
          Map<String, Double> values =
              Map.of(
                  "loss", loss,
                  "accuracy", accuracy,
                  "learningRate", learningRate,
                  "examplesPerSecond", examplesPerSecond);
          history.append(claim.id(), step, values, clock.instant());
        });
  }

  /** Evaluation metrics by Keras's names; their series get Keras's prefix {@code val_}. */
  @Transactional
  public boolean evaluated(ClaimedJob claim, long step, EvaluationReport result) {
    return report(
        claim,
        job -> {
          job.progress().evaluated(step, result);
          Map<String, Double> series = new LinkedHashMap<>();
          result.metrics().forEach((name, value) -> series.put("val_" + name, value));
          Instant now = clock.instant();
          history.append(claim.id(), step, series, now);
          evaluations.put(claim.id(), step, result, now);
        });
  }

  /** Training is over; the export follows. */
  @Transactional
  public boolean ended(ClaimedJob claim, TrainingEnd by, String why) {
    return report(claim, job -> job.ended(by, why));
  }

  /** What this or an earlier attempt has found of the weights at {@code step}. */
  public Optional<EvaluationReport> evaluation(ClaimedJob claim, long step) {
    return evaluations.at(claim.id(), step);
  }

  /** Its model is registered; a cancellation that comes now is too late. */
  @Transactional
  public boolean succeeded(ClaimedJob claim, int modelVersion) {
    return report(claim, job -> job.succeed(modelVersion, clock.instant()));
  }

  @Transactional
  public boolean failed(ClaimedJob claim, JobReason reason, String message) {
    return end(claim, job -> job.fail(reason, message, clock.instant()));
  }

  /** The trainer died: once more from the last checkpoint, unless that was the last attempt. */
  @Transactional
  public boolean crashed(ClaimedJob claim, JobReason reason, String message, int maxAttempts) {
    return end(
        claim,
        job -> {
          int crashes = job.countCrash();
          if (crashes < maxAttempts) {
            Duration backoff = Duration.ofSeconds(Math.min(60, 1L << (crashes - 1)));
            job.requeue(reason, message, backoff, clock.instant());
          } else {
            job.fail(
                reason,
                "%s. That was attempt %d of %d; its log says more."
                    .formatted(message, crashes, maxAttempts),
                clock.instant());
          }
        });
  }

  /**
   * Stopped on request: cancelled if a client asked, else back in the queue for the next worker.
   */
  @Transactional
  public boolean stopped(ClaimedJob claim) {
    return end(
        claim,
        job ->
            job.requeue(
                JobReason.WORKER_STOPPED,
                "The service was stopped; the job goes on from its last checkpoint when it is back.",
                Duration.ZERO,
                clock.instant()));
  }

  /** What the worker is to do with its trainer now. */
  @Transactional(readOnly = true)
  public Directive directive(ClaimedJob claim) {
    return jobs.findById(claim.id())
        .filter(job -> job.attempt() == claim.attempt() && !job.state().isTerminal())
        .map(job -> job.state() == JobState.CANCELLING ? Directive.STOP : Directive.CONTINUE)
        .orElse(Directive.ABANDON);
  }

  /**
   * Takes back what a service that died left in its workers' hands. Only right while nobody else
   * works on this database; the embedded one lets nobody else in.
   */
  @Transactional
  public int recover() {
    List<String> orphans =
        jobs.idsIn(EnumSet.of(JobState.PREPARING, JobState.RUNNING, JobState.CANCELLING));
    for (String id : orphans) {
      Job job = jobs.lock(id).orElseThrow();
      if (job.state() == JobState.CANCELLING) {
        job.cancelled(clock.instant());
      } else {
        job.requeue(
            JobReason.WORKER_LOST,
            "The service died; the job goes on from its last checkpoint.",
            Duration.ZERO,
            clock.instant());
      }
    }
    return orphans.size();
  }

  /** However an attempt ends without a model, a job that its client has cancelled is CANCELLED. */
  private boolean end(ClaimedJob claim, Consumer<Job> ending) {
    return report(
        claim,
        job -> {
          if (job.state() == JobState.CANCELLING) {
            job.cancelled(clock.instant());
          } else {
            ending.accept(job);
          }
        });
  }

  private boolean report(ClaimedJob claim, Consumer<Job> change) {
    Optional<Job> held =
        jobs.lock(claim.id())
            .filter(job -> job.attempt() == claim.attempt() && job.isHeldByWorker());
    held.ifPresent(change);
    return held.isPresent();
  }

  /** The queue's word on a running attempt. */
  public enum Directive {
    CONTINUE,
    /** The client cancels: finish the step, write a checkpoint. */
    STOP,
    /** The job is no longer this attempt's: end the trainer, report nothing. */
    ABANDON
  }
}
