package dev.trainyard.trainer.loop;

import dev.trainyard.spec.EarlyStoppingSpec;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.CheckpointWriter;
import dev.trainyard.trainer.protocol.TrainerEvent.Ended;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingEnd;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The loop: train to the next milestone, take a checkpoint, evaluate, and so on, until there is a
 * reason to end. A checkpoint is written while training goes on.
 */
final class TrainingLoop {

  private final TrainingSpec spec;
  private final TrainingSession session;
  private final Optional<Checkpoint> restored;
  private final CheckpointWriter writer;
  private final Evaluations evaluations;
  private final TrainingTime time;
  private final Milestones milestones;
  private final ProgressMeter meter;
  private final Report report;
  private final StopSignal stop;

  private long step;
  private long saved;
  private Optional<Ended> end = Optional.empty();

  /**
   * @param session has its values, those of {@code restored} if there is one
   */
  TrainingLoop(
      TrainingPlan plan,
      TrainingSession session,
      Optional<Checkpoint> restored,
      CheckpointWriter writer,
      Evaluations evaluations,
      Report report,
      StopSignal stop) {
    this.spec = plan.spec().training();
    this.session = session;
    this.restored = restored;
    this.writer = writer;
    this.evaluations = evaluations;
    Duration before = restored.map(Checkpoint::trained).orElse(Duration.ZERO);
    this.time = new TrainingTime(spec, before, System::nanoTime);
    this.milestones = Milestones.of(spec, plan.totalSteps());
    this.meter = new ProgressMeter(plan.totalSteps(), spec.batchSize());
    this.report = report;
    this.stop = stop;
    this.step = restored.map(Checkpoint::step).orElse(0L);
    this.saved = restored.map(Checkpoint::step).orElse(-1L);
  }

  /**
   * Trains until there is a reason to end, and tells it, or until asked to stop.
   *
   * @return the checkpoint of the last step, which is durable
   */
  Checkpoint run() throws IOException {
    arrive();
    if (end.isEmpty()) {
      session.startTraining(step);
    }
    while (end.isEmpty() && !stop.isRequested()) {
      train();
      arrive();
    }
    checkpoint();
    if (writer.isBusy()) {
      report.enter(TrainerPhase.CHECKPOINTING);
    }
    Checkpoint last = writer.await().or(() -> restored).orElseThrow();
    if (!stop.isRequested()) {
      end.ifPresent(report::tell);
    }
    return last;
  }

  /** Trains up to the next milestone, or until it is time for something else. */
  private void train() throws IOException {
    report.enter(TrainerPhase.TRAINING);
    long target = milestones.after(step);
    do {
      look(milestones.untilLook(step));
    } while (step < target && !stop.isRequested() && !time.isUp() && !time.isCheckpointDue());
    if (meter.hasNews()) {
      report.tell(meter.report(step, session.learningRate()));
    }
  }

  /** Makes {@code count} steps, and looks what came of them. */
  private void look(int count) throws IOException {
    long start = System.nanoTime();
    BatchScore score = session.steps(count);
    long first = step + 1;
    step += count;
    if (!Double.isFinite(score.lossSum())) {
      throw new NonFiniteLossException(first, step, "the loss is " + score.lossSum());
    }
    writer.check();
    if (meter.add(score, System.nanoTime() - start)) {
      report.tell(meter.report(step, session.learningRate()));
    }
  }

  /** Does what is to be done at this step, at which an attempt may also begin. */
  private void arrive() throws IOException {
    end = end();
    boolean evaluation = end.isPresent() || milestones.isEvaluation(step);
    if (evaluation
        || milestones.isCheckpoint(step)
        || time.isCheckpointDue()
        || stop.isRequested()) {
      checkpoint();
    }
    if (evaluation) {
      evaluations.evaluate(step);
      end = end.or(this::end);
    }
  }

  private void checkpoint() throws IOException {
    if (saved != step) {
      if (writer.isBusy()) {
        report.enter(TrainerPhase.CHECKPOINTING);
      }
      writer.begin(step, time.used(), () -> session.freeze(step));
      saved = step;
    }
    time.checkpointed();
  }

  private Optional<Ended> end() {
    if (step >= milestones.last()) {
      return end(TrainingEnd.STEPS, "all are done");
    }
    EarlyStoppingSpec stopping = spec.earlyStopping();
    if (stopping != null) {
      Optional<String> verdict = EarlyStopping.verdict(stopping, evaluations.soFar());
      if (verdict.isPresent()) {
        return end(TrainingEnd.EARLY_STOPPING, verdict.get());
      }
    }
    return time.isUp()
        ? end(TrainingEnd.TIME_LIMIT, "training.timeLimit, " + spec.timeLimit() + ", is used up")
        : Optional.empty();
  }

  private Optional<Ended> end(TrainingEnd reason, String why) {
    String message = "Training ended at step %d of %d: %s.".formatted(step, milestones.last(), why);
    return Optional.of(new Ended(step, reason, message));
  }
}
