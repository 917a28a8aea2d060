package dev.trainyard.job;

import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.event.EventType;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingEnd;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Transient;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A training job: what was asked for, which never changes, and how far it got. Every change of
 * state passes {@link #become}, which holds the lifecycle and writes the history.
 */
@Entity
@DynamicUpdate
@EntityListeners(JobChanges.class)
class Job {

  @Id private String id;
  @TenantId private String project;
  private String name;

  @Convert(converter = JobSpecColumn.class)
  private JobSpec spec;

  private String datasetId;
  private String datasetName;
  private int datasetVersion;
  private @Nullable Integer warmStartVersion;
  private @Nullable String warmStartJob;
  private String accelerator;
  private long totalSteps;

  @Enumerated(EnumType.STRING)
  private JobState state;

  @Enumerated(EnumType.STRING)
  private @Nullable TrainerPhase phase;

  @Enumerated(EnumType.STRING)
  private @Nullable JobReason reason;

  private @Nullable String message;
  private int attempt;
  private int crashes;
  private int losses;
  private @Nullable String worker;
  private long runMillis;

  @Embedded private JobPlace place;
  @Embedded private JobProgress progress = new JobProgress();

  @Enumerated(EnumType.STRING)
  private @Nullable TrainingEnd endedBy;

  private @Nullable Integer modelVersion;
  private Instant createTime;
  private @Nullable Instant startTime;
  private @Nullable Instant endTime;

  @Embedded private JobHistory history = new JobHistory();
  @Transient private final JobNews news = new JobNews();

  @NullUnmarked
  protected Job() {} // for JPA

  /**
   * @param project that it belongs to
   * @param warmStart the spec's, resolved
   */
  Job(
      String project,
      JobSpec spec,
      ReadyDataset dataset,
      @Nullable WarmStartSpec warmStart,
      JobPlace place,
      Instant now) {
    this.id = UUID.randomUUID().toString();
    this.project = project;
    this.name = spec.name();
    this.spec = spec;
    this.datasetId = dataset.id();
    this.datasetName = dataset.name();
    this.datasetVersion = dataset.version();
    this.warmStartVersion =
        warmStart == null || warmStart.version() == null
            ? null
            : Integer.valueOf(warmStart.version());
    this.warmStartJob =
        warmStart == null || warmStart.job() == null ? null : warmStart.job().toString();
    this.accelerator = spec.accelerator().type().name();
    this.totalSteps = spec.training().totalSteps(dataset.trainExamples());
    this.state = JobState.QUEUED;
    this.place = place;
    this.createTime = now;
    history.entered(state, attempt, null, null, now);
  }

  /** A worker takes it: the attempt number fences everything that is written from now on. */
  void claim(String byWorker, Instant now) {
    attempt++;
    worker = byWorker;
    startTime = startTime == null ? now : startTime;
    history.claimed(attempt, byWorker, progress.furthestStep(), now);
    become(JobState.PREPARING, null, null, now);
  }

  /** The trainer has begun; a job that is being stopped stays on its way out. */
  void running(long step, long parameters, Instant now) {
    progress.restart(step, parameters);
    history.attempt().began(step);
    if (state == JobState.PREPARING) {
      become(JobState.RUNNING, null, null, now);
    }
  }

  void enter(TrainerPhase next) {
    phase = next;
    tell(EventType.PHASE);
  }

  JobProgress progress() {
    return progress;
  }

  /** Its training is over; the message stands until the next change of state but success. */
  void ended(TrainingEnd by, String why) {
    endedBy = by;
    if (state == JobState.RUNNING) {
      message = why;
    }
  }

  void succeed(int asModelVersion, Instant now) {
    modelVersion = asModelVersion;
    String how = state == JobState.RUNNING ? message : null;
    endAttempt(AttemptOutcome.SUCCEEDED, null, null, now);
    become(JobState.SUCCEEDED, null, how, now);
  }

  /** The attempt has failed, and so has the job. */
  void fail(AttemptOutcome ended, JobReason why, String what, Instant now) {
    endAttempt(ended, why, what, now);
    become(JobState.FAILED, why, what, now);
  }

  /** Back into the queue, to go on from the last checkpoint. */
  void requeue(
      AttemptOutcome ended, JobReason why, String what, @Nullable Instant until, Instant now) {
    endAttempt(ended, why, what, now);
    place.waitAgain(until, now);
    become(JobState.QUEUED, why, what, now);
  }

  /** The trainer died; whether that was once too often is the caller's to say. */
  int countCrash() {
    return ++crashes;
  }

  /** The same of a worker that died. */
  int countLoss() {
    return ++losses;
  }

  /** What a client's wish to stop comes to now that the attempt is over; false if there is none. */
  boolean stopAsWished(Instant now) {
    if (state == JobState.CANCELLING) {
      endAttempt(AttemptOutcome.CANCELLED, JobReason.CANCELLED_BY_USER, null, now);
      become(JobState.CANCELLED, JobReason.CANCELLED_BY_USER, null, now);
      return true;
    }
    if (state == JobState.PAUSING) {
      endAttempt(AttemptOutcome.PAUSED, JobReason.PAUSED_BY_USER, null, now);
      become(JobState.PAUSED, JobReason.PAUSED_BY_USER, null, now);
      return true;
    }
    return false;
  }

  /** Nothing happens to a job that is on its way there. */
  void cancel(Instant now) {
    if (state != JobState.CANCELLING) {
      stop(JobState.CANCELLING, JobState.CANCELLED, JobReason.CANCELLED_BY_USER, now);
    }
  }

  /** Nothing happens to a job that is there, or on its way. */
  void pause(Instant now) {
    if (state != JobState.PAUSING && state != JobState.PAUSED) {
      stop(JobState.PAUSING, JobState.PAUSED, JobReason.PAUSED_BY_USER, now);
    }
  }

  private void stop(JobState whenHeld, JobState whenNot, JobReason why, Instant now) {
    boolean held = state.isHeldByWorker();
    String how = held ? "The trainer finishes its step, writes a checkpoint and stops" : null;
    become(held ? whenHeld : whenNot, why, how, now);
  }

  void resume(Instant now) {
    if (state != JobState.PAUSED) {
      throw new IllegalTransitionException(state, JobState.QUEUED);
    }
    place.waitAgain(null, now);
    become(JobState.QUEUED, JobReason.RESUMED_BY_USER, null, now);
  }

  /** Another try at a job that has ended without a model, with its last checkpoint. */
  void retry(Duration ageing, Instant now) {
    if (state != JobState.FAILED && state != JobState.CANCELLED) {
      throw new IllegalTransitionException(state, JobState.QUEUED);
    }
    crashes = 0;
    losses = 0;
    runMillis = 0;
    endTime = null;
    endedBy = null;
    history.keep(null);
    place.waitAnew(ageing, now);
    become(JobState.QUEUED, JobReason.RETRIED_BY_USER, null, now);
  }

  void setPriority(int priority, Duration ageing) {
    place.setPriority(priority, ageing);
  }

  /** The claim's attempt still has it, so what that reports counts. */
  boolean isHeld(ClaimedJob claim) {
    return state.isHeldByWorker() && attempt == claim.attempt();
  }

  boolean isHeldBy(String workerId) {
    return state.isHeldByWorker() && workerId.equals(worker);
  }

  private void endAttempt(
      AttemptOutcome how, @Nullable JobReason why, @Nullable String what, Instant now) {
    JobAttempt current = history.attempt();
    current.ended(how, why, JobHistory.cut(what), progress.step(), now);
    runMillis += Duration.between(current.startTime(), now).toMillis();
    worker = null;
  }

  private void become(JobState next, @Nullable JobReason why, @Nullable String what, Instant now) {
    if (!state.canBecome(next)) {
      throw new IllegalTransitionException(state, next);
    }
    state = next;
    reason = why;
    message = JobHistory.cut(what);
    if (!next.isHeldByWorker() || next == JobState.PREPARING) {
      phase = null; // nothing is being done, at no rate
      progress.idle();
    }
    if (next.isTerminal()) {
      endTime = now;
    }
    history.entered(state, attempt, reason, message, now);
    tell(EventType.TRANSITION);
  }

  /** That it happened, and how the job stands then, once this is written. */
  void tell(EventType type) {
    news.add(type, event());
  }

  JobNews news() {
    return news;
  }

  JobHistory history() {
    return history;
  }

  JobEvent event() {
    return new JobEvent(
        id,
        name,
        state,
        phase,
        reason,
        message,
        attempt,
        worker,
        progress.progress(totalSteps),
        progress.metrics(),
        model());
  }

  private JobView.@Nullable Model model() {
    return modelVersion == null ? null : new JobView.Model(spec.register().model(), modelVersion);
  }

  JobSpec spec() {
    return spec;
  }

  @Nullable JobReason reason() {
    return reason;
  }

  String project() {
    return project;
  }

  JobState state() {
    return state;
  }

  String id() {
    return id;
  }

  int attempt() {
    return attempt;
  }

  /** The job with whose weights it begins. */
  @Nullable String warmStartJob() {
    return warmStartJob;
  }

  boolean endedBefore(Instant time) {
    return state.isTerminal() && endTime != null && endTime.isBefore(time);
  }

  JobPlace place() {
    return place;
  }

  /** What is left of the spec's {@code maxDuration} at the beginning of an attempt. */
  private @Nullable Duration timeLeft() {
    Duration most = spec.scheduling().maxDuration();
    return most == null ? null : most.minusMillis(runMillis);
  }

  ClaimedJob claimed() {
    Instant since = history.attempt().startTime();
    return new ClaimedJob(
        id, attempt, spec, datasetId, warmStart(), timeLeft(), place.waited(since));
  }

  private @Nullable WarmStartSpec warmStart() {
    WarmStartSpec wanted = spec.training().warmStartFrom();
    return wanted == null || wanted.model() == null || warmStartVersion == null
        ? wanted
        : WarmStartSpec.of(wanted.model(), warmStartVersion);
  }

  /**
   * @param waiting where it stands in the queue; null unless it is QUEUED
   */
  JobView view(JobView.@Nullable Waiting waiting) {
    JobView.Status status =
        new JobView.Status(
            state,
            phase,
            reason,
            message,
            endedBy,
            history.lastLines(),
            attempt,
            worker,
            place.priority(),
            waiting,
            progress.progress(totalSteps),
            progress.metrics(),
            model(),
            startTime,
            endTime,
            history.transitions(),
            history.attempts(progress.step()));
    return new JobView(
        id,
        name,
        project,
        place.submitter(),
        place.traceId(),
        spec,
        new JobView.Dataset(datasetId, datasetName, datasetVersion),
        warmStart(),
        status,
        createTime);
  }
}
