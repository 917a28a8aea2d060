package dev.trainyard.worker;

import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobQueue;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.worker.executor.RunningTrainer;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a job while its trainer runs: passes on what the trainer reports, and remembers
 * what decides the end.
 */
class Attempt implements Consumer<TrainerEvent> {

  private final ClaimedJob job;
  private final RunningTrainer trainer;
  private final JobQueue queue;
  private final SlotGauges.Slot slot;
  private final AttemptMetrics metrics;
  private final AttemptTrace trace;

  private volatile boolean stopRequested;
  private volatile boolean abandoned;
  private volatile boolean expired;
  private long step;
  private String tensorflowVersion = "";
  private TrainerEvent.@Nullable Exported exported;
  private TrainerEvent.@Nullable Failed failure;

  Attempt(
      ClaimedJob job,
      RunningTrainer trainer,
      JobQueue queue,
      SlotGauges.Slot slot,
      AttemptMetrics metrics,
      AttemptTrace trace) {
    this.job = job;
    this.trainer = trainer;
    this.queue = queue;
    this.slot = slot;
    this.metrics = metrics;
    this.trace = trace;
    slot.watch(trainer);
  }

  /** Follows the trainer to its end; its exit code. */
  int observe() throws IOException, InterruptedException {
    return trainer.observe(this);
  }

  @Override
  public void accept(TrainerEvent event) {
    trace.heard(event);
    boolean heard = false;
    try {
      heard = Insistence.say(() -> report(event), () -> abandoned);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!heard) {
      abandon(); // the job belongs to a later attempt, or is over
    }
  }

  private boolean report(TrainerEvent event) {
    if (event instanceof TrainerEvent.Started started) {
      step = started.step();
      tensorflowVersion = started.tensorflowVersion();
      return queue.started(job, started.step(), started.parameters());
    } else if (event instanceof TrainerEvent.Entered entered) {
      return queue.entered(job, entered.phase());
    } else if (event instanceof TrainerEvent.Progress progress) {
      return stepped(progress);
    } else if (event instanceof TrainerEvent.Evaluation evaluated) {
      slot.evaluated(evaluated.metrics().getOrDefault("accuracy", Double.NaN));
      return queue.evaluated(job, evaluated.step(), evaluated.report());
    } else if (event instanceof TrainerEvent.Checkpoint checkpoint) {
      metrics.saved(checkpoint);
      return queue.checkpointed(job, checkpoint.step(), checkpoint.bytes());
    } else if (event instanceof TrainerEvent.Warning warning) {
      return queue.warned(job, warning.message());
    } else if (event instanceof TrainerEvent.Ended ended) {
      metrics.ended();
      return queue.ended(job, ended.reason(), ended.message());
    } else if (event instanceof TrainerEvent.Exported done) {
      metrics.exported();
      exported = done;
    } else if (event instanceof TrainerEvent.Failed failed) {
      failure = failed;
    }
    return true; // the exit code decides
  }

  private boolean stepped(TrainerEvent.Progress progress) {
    metrics.stepped(progress, progress.step() - step);
    step = progress.step();
    slot.stepped(progress.loss(), progress.accuracy(), progress.examplesPerSecond());
    return queue.stepped(
        job,
        progress.step(),
        progress.loss(),
        progress.accuracy(),
        progress.learningRate(),
        progress.examplesPerSecond(),
        progress.etaSeconds());
  }

  /** Asks the trainer to finish its step, once. */
  synchronized boolean requestStop() {
    if (stopRequested) {
      return false;
    }
    stopRequested = true;
    trainer.stop();
    return true;
  }

  void terminate() {
    trainer.terminate();
  }

  void kill() {
    trainer.kill();
  }

  /** The job is not this attempt's any more: its trainer ends at once, and nothing is reported. */
  void abandon() {
    abandoned = true;
    trainer.kill();
  }

  /** It has used up the time that its job may take. */
  void expire() {
    expired = true;
  }

  boolean isExpired() {
    return expired;
  }

  ClaimedJob job() {
    return job;
  }

  AttemptTrace trace() {
    return trace;
  }

  boolean stopRequested() {
    return stopRequested;
  }

  String tensorflowVersion() {
    return tensorflowVersion;
  }

  TrainerEvent.@Nullable Exported exported() {
    return exported;
  }

  TrainerEvent.@Nullable Failed failure() {
    return failure;
  }
}
