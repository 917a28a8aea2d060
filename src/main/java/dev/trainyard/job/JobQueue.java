package dev.trainyard.job;

import dev.trainyard.event.EventLog;
import dev.trainyard.event.EventType;
import dev.trainyard.fleet.Offer;
import dev.trainyard.project.Projects;
import dev.trainyard.telemetry.JobCheckpoints;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What workers see of the jobs. A claim is a short transaction; the work happens outside; each
 * report is a transaction of its own that first checks the fencing token. A report that is too late
 * changes nothing and returns false.
 */
@Component
public class JobQueue {

  /** A claim that finds so many candidates locked by others tries again at the next look. */
  private static final int CANDIDATES = 32;

  /** No submitter, project or label is called that; SQL has no empty lists. */
  private static final String NOBODY = "";

  private final Jobs jobs;
  private final MetricHistory history;
  private final JobEvaluations evaluations;
  private final JobLogs logs;
  private final EventLog log;
  private final JobCheckpoints checkpoints;
  private final ServiceMetrics metrics;
  private final Setbacks setbacks;
  private final Clock clock;
  private final QueueProperties limits;
  private final RetryPolicy retries;
  private final Projects projects;

  JobQueue(
      Jobs jobs,
      MetricHistory history,
      JobEvaluations evaluations,
      JobLogs logs,
      EventLog log,
      JobCheckpoints checkpoints,
      ServiceMetrics metrics,
      Setbacks setbacks,
      Clock clock,
      QueueProperties limits,
      RetryPolicy retries,
      Projects projects) {
    this.jobs = jobs;
    this.history = history;
    this.evaluations = evaluations;
    this.logs = logs;
    this.log = log;
    this.checkpoints = checkpoints;
    this.metrics = metrics;
    this.setbacks = setbacks;
    this.clock = clock;
    this.limits = limits;
    this.retries = retries;
    this.projects = projects;
  }

  /**
   * Takes the first job of the queue that this worker can run and that no limit holds back.
   *
   * @param worker the id of its lease
   */
  @Transactional
  public Optional<ClaimedJob> claim(String worker, Offer offer) {
    Set<String> full = new HashSet<>();
    full.add(NOBODY);
    if (limits.maxRunningJobs() > 0 || limits.maxRunningJobsPerSubmitter() > 0) {
      jobs.lockGate();
      Load load = Load.of(jobs);
      if (load.isFull(limits)) {
        return Optional.empty();
      }
      full.addAll(load.fullSubmitters(limits));
    }
    Set<String> heldBack = new HashSet<>();
    heldBack.add(NOBODY);
    if (projects.areLimited()) {
      jobs.lockGate(); // so that two do not take the last place
      heldBack.addAll(projects.heldBack());
    }
    Set<String> labels = new HashSet<>(offer.labels());
    labels.add(NOBODY);
    return jobs.candidates(offer.accelerators(), labels, full, heldBack, CANDIDATES).stream()
        .flatMap(id -> jobs.lockWaiting(id).stream())
        .findFirst()
        .flatMap(jobs::findById)
        .map(job -> claimed(job, worker));
  }

  private ClaimedJob claimed(Job job, String worker) {
    Instant now = clock.instant();
    metrics
        .timer(TrainyardMetric.JOB_QUEUE_WAIT, job.spec().model().type())
        .record(Duration.between(job.place().queueTime(), now));
    job.claim(worker, now);
    return job.claimed();
  }

  /** Whether a job waits for such an accelerator. */
  public boolean wants(String accelerator) {
    return jobs.existsByStateAndAccelerator(JobState.QUEUED, accelerator);
  }

  /** The trainer has restored {@code step} and begins. */
  @Transactional
  public boolean started(ClaimedJob claim, long step, long parameters) {
    return report(
        claim,
        job -> {
          history.rewind(claim.id(), step);
          evaluations.rewind(claim.id(), step);
          checkpoints.rewind(claim.id(), step);
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
          job.tell(EventType.PROGRESS);
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
          job.tell(EventType.EVALUATION);
          Map<String, Double> series = new LinkedHashMap<>();
          result.metrics().forEach((name, value) -> series.put("val_" + name, value));
          Instant now = clock.instant();
          history.append(claim.id(), step, series, now);
          evaluations.put(claim.id(), step, result, now);
        });
  }

  /** A checkpoint of that step is on disk. */
  @Transactional
  public boolean checkpointed(ClaimedJob claim, long step, long bytes) {
    return report(
        claim,
        job -> {
          checkpoints.put(claim.id(), step, bytes, clock.instant());
          job.progress().checkpointed(step);
          job.tell(EventType.CHECKPOINT);
        });
  }

  /** The trainer has noticed something that the job's owner should know. */
  @Transactional
  public boolean warned(ClaimedJob claim, String message) {
    return report(
        claim,
        job -> log.append(EventType.WARNING, job.project(), job.id(), job.event().saying(message)));
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

  /** It would fail again; nothing is gained by another attempt. */
  @Transactional
  public boolean failed(ClaimedJob claim, JobReason reason, String message) {
    return end(claim, job -> job.fail(AttemptOutcome.FAILED, reason, message, clock.instant()));
  }

  /** The trainer died: once more from the last checkpoint, unless that was the last attempt. */
  @Transactional
  public boolean crashed(ClaimedJob claim, JobReason reason, String message) {
    return end(
        claim,
        job -> {
          int crashes = job.countCrash();
          int most = job.spec().scheduling().maxAttempts();
          Instant now = clock.instant();
          if (crashes < most) {
            Instant until = now.plus(retries.backoff(reason, crashes));
            job.requeue(AttemptOutcome.FAILED, reason, message, until, now);
          } else {
            String last = "%s. That was attempt %d of %d; its log says more.";
            job.fail(AttemptOutcome.FAILED, reason, last.formatted(message, crashes, most), now);
          }
        });
  }

  /** Stopped because its worker is: it waits for another, or for the worker's return. */
  @Transactional
  public boolean stopped(ClaimedJob claim) {
    return end(
        claim,
        job ->
            job.requeue(
                AttemptOutcome.STOPPED,
                JobReason.WORKER_STOPPED,
                "The worker was stopped; the job goes on from its last checkpoint.",
                null,
                clock.instant()));
  }

  /** It has run for longer than it may. */
  @Transactional
  public boolean expired(ClaimedJob claim) {
    return end(
        claim,
        job ->
            job.fail(
                AttemptOutcome.FAILED,
                JobReason.DEADLINE_EXCEEDED,
                "It has run for scheduling.maxDuration, %s. Its last checkpoint is kept: retry the job, or clone it with a longer one and training.warmStartFrom."
                    .formatted(job.spec().scheduling().maxDuration()),
                clock.instant()));
  }

  /**
   * Asserts, within a transaction of the caller's, that the claim still holds; until that
   * transaction ends, nobody can take the job.
   *
   * @throws StaleClaimException when it does not
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void require(ClaimedJob claim) {
    if (!report(claim, job -> {})) {
      throw new StaleClaimException(claim);
    }
  }

  /** What the worker is to do with its trainer now. */
  @Transactional(readOnly = true)
  public Directive directive(ClaimedJob claim) {
    return jobs.findById(claim.id())
        .filter(job -> job.isHeld(claim))
        .map(
            job ->
                job.state() == JobState.CANCELLING || job.state() == JobState.PAUSING
                    ? Directive.STOP
                    : Directive.CONTINUE)
        .orElse(Directive.ABANDON);
  }

  /** However an attempt ends without a model, what its client has asked for meanwhile is done. */
  private boolean end(ClaimedJob claim, Consumer<Job> ending) {
    return report(
        claim,
        job -> {
          if (!job.stopAsWished(clock.instant())) {
            ending.accept(job);
            setbacks.count(job);
            logs.keepLastLines(job);
          }
        });
  }

  private boolean report(ClaimedJob claim, Consumer<Job> change) {
    Optional<Job> held = jobs.lock(claim.id()).filter(job -> job.isHeld(claim));
    held.ifPresent(change);
    return held.isPresent();
  }

  /** The queue's word on a running attempt. */
  public enum Directive {
    CONTINUE,
    /** The client cancels or pauses: finish the step, write a checkpoint. */
    STOP,
    /** The job is no longer this attempt's: end the trainer, report nothing. */
    ABANDON
  }
}
