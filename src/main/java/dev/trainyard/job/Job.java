package dev.trainyard.job;

import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingEnd;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.DynamicUpdate;
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
  private String name;

  @Convert(converter = JobSpecColumn.class)
  private JobSpec spec;

  @Column(name = "dataset_id")
  private String datasetId;

  @Column(name = "dataset_name")
  private String datasetName;

  @Column(name = "dataset_version")
  private int datasetVersion;

  @Column(name = "warm_start_version")
  private @Nullable Integer warmStartVersion;

  private String accelerator;

  @Column(name = "total_steps")
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
  private @Nullable String worker;

  @Column(name = "queue_time")
  private Instant queueTime;

  @Column(name = "available_time")
  private Instant availableTime;

  @Embedded private JobProgress progress = new JobProgress();

  @Enumerated(EnumType.STRING)
  @Column(name = "ended_by")
  private @Nullable TrainingEnd endedBy;

  @Column(name = "model_version")
  private @Nullable Integer modelVersion;

  @Column(name = "create_time")
  private Instant createTime;

  @Column(name = "start_time")
  private @Nullable Instant startTime;

  @Column(name = "end_time")
  private @Nullable Instant endTime;

  @ElementCollection
  @CollectionTable(name = "job_transition", joinColumns = @JoinColumn(name = "job_id"))
  @OrderColumn(name = "sequence")
  @BatchSize(size = 100)
  private List<JobTransition> transitions = new ArrayList<>();

  @NullUnmarked
  protected Job() {} // for JPA

  /**
   * @param warmStart the spec's, resolved
   */
  Job(JobSpec spec, ReadyDataset dataset, @Nullable WarmStartSpec warmStart, Instant now) {
    this.id = UUID.randomUUID().toString();
    this.name = spec.name();
    this.spec = spec;
    this.datasetId = dataset.id();
    this.datasetName = dataset.name();
    this.datasetVersion = dataset.version();
    this.warmStartVersion = warmStart == null ? null : warmStart.version();
    this.accelerator = spec.accelerator().type().name();
    this.totalSteps = spec.training().totalSteps(dataset.trainExamples());
    this.state = JobState.QUEUED;
    this.createTime = now;
    this.queueTime = now;
    this.availableTime = now;
    record(now);
  }

  /** A worker takes it: the attempt number fences everything that is written from now on. */
  void claim(String byWorker, Instant now) {
    attempt++;
    worker = byWorker;
    if (startTime == null) {
      startTime = now;
    }
    become(JobState.PREPARING, null, null, now);
  }

  /** The trainer has begun; a cancelled job stays on its way out. */
  void running(long step, long parameters, Instant now) {
    progress.restart(step, parameters);
    if (state != JobState.CANCELLING) {
      become(JobState.RUNNING, null, null, now);
    }
  }

  void enter(TrainerPhase next) {
    phase = next;
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
    become(JobState.SUCCEEDED, null, state == JobState.RUNNING ? message : null, now);
  }

  void fail(JobReason why, String what, Instant now) {
    become(JobState.FAILED, why, what, now);
  }

  /** Back into the queue, to go on from the last checkpoint. */
  void requeue(JobReason why, String what, Duration backoff, Instant now) {
    worker = null;
    queueTime = now;
    availableTime = now.plus(backoff);
    become(JobState.QUEUED, why, what, now);
  }

  /** The trainer died; whether that was once too often is the caller's to say. */
  int countCrash() {
    return ++crashes;
  }

  void requestCancel(Instant now) {
    boolean running = state.canBecome(JobState.CANCELLING);
    become(
        running ? JobState.CANCELLING : JobState.CANCELLED,
        JobReason.CANCELLED_BY_USER,
        running ? "The trainer finishes its step, writes a checkpoint and stops" : null,
        now);
  }

  void cancelled(Instant now) {
    become(JobState.CANCELLED, JobReason.CANCELLED_BY_USER, null, now);
  }

  /** A worker has it, so a report of its attempt counts. */
  boolean isHeldByWorker() {
    return !state.isTerminal() && state != JobState.QUEUED;
  }

  void explainWait(JobReason why, String what) {
    reason = why;
    message = what;
  }

  private void become(JobState next, @Nullable JobReason why, @Nullable String what, Instant now) {
    if (!state.canBecome(next)) {
      throw new IllegalTransitionException(state, next);
    }
    state = next;
    reason = why;
    message = what == null || what.length() <= 2000 ? what : what.substring(0, 2000);
    if (next != JobState.RUNNING && next != JobState.CANCELLING) {
      phase = null; // nothing is being done, at no rate
      progress.idle();
    }
    if (next.isTerminal()) {
      endTime = now;
    }
    record(now);
  }

  private void record(Instant now) {
    transitions.add(new JobTransition(state, now, attempt, reason, message));
  }

  JobSpec spec() {
    return spec;
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

  Instant queueTime() {
    return queueTime;
  }

  ClaimedJob claimed() {
    return new ClaimedJob(id, attempt, spec, datasetId, warmStart());
  }

  private @Nullable WarmStartSpec warmStart() {
    WarmStartSpec wanted = spec.training().warmStartFrom();
    return wanted == null
        ? null
        : new WarmStartSpec(wanted.model(), warmStartVersion, wanted.job());
  }

  JobView view() {
    JobView.Model model =
        modelVersion == null ? null : new JobView.Model(spec.register().model(), modelVersion);
    JobView.Status status =
        new JobView.Status(
            state,
            phase,
            reason,
            message,
            endedBy,
            attempt,
            progress.progress(totalSteps),
            progress.metrics(),
            model,
            startTime,
            endTime,
            transitions.stream()
                .map(
                    t ->
                        new JobView.Transition(
                            t.state(), t.time(), t.attempt(), t.reason(), t.message()))
                .toList());
    JobView.Dataset dataset = new JobView.Dataset(datasetId, datasetName, datasetVersion);
    return new JobView(id, name, spec, dataset, warmStart(), status, createTime);
  }
}
