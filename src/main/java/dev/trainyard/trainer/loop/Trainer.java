package dev.trainyard.trainer.loop;

import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.Checkpoints;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.export.ExportedModel;
import dev.trainyard.trainer.export.ModelExporter;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;

/**
 * The loop: from the step of the newest checkpoint, train to the next evaluation, write a
 * checkpoint, evaluate, and so on to the last step; then export.
 */
public final class Trainer {

  private final TrainingPlan plan;
  private final TrainingSpec spec;
  private final Consumer<TrainerEvent> events;
  private final StopSignal stop;
  private final Checkpoints checkpoints;

  private Trainer(
      TrainingPlan plan, Consumer<TrainerEvent> events, StopSignal stop, Checkpoints checkpoints) {
    this.plan = plan;
    this.spec = plan.spec().training();
    this.events = events;
    this.stop = stop;
    this.checkpoints = checkpoints;
  }

  /**
   * Trains, evaluates and exports as {@code plan} says; goes on where an earlier attempt ended.
   *
   * @param events is told of everything as it happens
   * @param stop ends training after the step that it is in
   */
  public static Outcome train(TrainingPlan plan, Consumer<TrainerEvent> events, StopSignal stop)
      throws IOException {
    PlanCheck.check(plan);
    Accelerator accelerator =
        Accelerator.of(plan.spec().accelerator(), plan.spec().training().precision());
    Checkpoints checkpoints = new Checkpoints(plan.checkpoints(), plan.attempt());
    return new Trainer(plan, events, stop, checkpoints).run(accelerator);
  }

  private Outcome run(Accelerator accelerator) throws IOException {
    enter(TrainerPhase.COMPILING);
    @Nullable Checkpoint last;
    float[] expected;
    try (TrainingInput input = TrainingInput.open(plan);
        TrainingSession session = new TrainingSession(plan, input, accelerator)) {
      input.warnings().forEach(this::warn);
      Optional<Checkpoint> restored = restore(session);
      long step = restored.map(Checkpoint::step).orElse(0L);
      events.accept(
          new TrainerEvent.Started(
              step,
              plan.totalSteps(),
              session.parameters(),
              accelerator.description(),
              TensorFlow.version()));
      if (plan.data().validationExamples() == 0) {
        warn("The dataset has no validation images, so nothing is evaluated.");
      }
      last = restored.orElse(null);
      if (step > 0 && isEvaluated(step)) {
        evaluate(session, step);
      }
      if (step < plan.totalSteps()) {
        session.startTraining(step);
      }
      ProgressMeter meter = new ProgressMeter(plan.totalSteps(), spec.batchSize());
      while (step < plan.totalSteps() && !stop.isRequested()) {
        step = trainFrom(session, meter, step);
        last = checkpoint(session, step);
        if (isEvaluated(step)) {
          evaluate(session, step);
        }
      }
      if (last == null) {
        last = checkpoint(session, step);
      }
      if (stop.isRequested()) {
        return new Outcome.Stopped(step);
      }
      expected = session.firstProbabilities();
    }
    return export(last, expected);
  }

  private Optional<Checkpoint> restore(TrainingSession session) throws IOException {
    Optional<Checkpoint> newest = checkpoints.newest(this::warn);
    newest.ifPresentOrElse(checkpoint -> session.restore(checkpoint.prefix()), session::initialize);
    return newest;
  }

  /** Trains up to the next evaluation, or until asked to stop; gives the step reached. */
  private long trainFrom(TrainingSession session, ProgressMeter meter, long from) {
    enter(TrainerPhase.TRAINING);
    long target =
        Math.min(
            (from / spec.stepsPerEvaluation() + 1) * spec.stepsPerEvaluation(), plan.totalSteps());
    long step = from;
    while (step < target && !stop.isRequested()) {
      long start = System.nanoTime();
      BatchScore score = session.steps(1);
      step++;
      if (!Double.isFinite(score.lossSum())) {
        throw new NonFiniteLossException(step, "the loss is " + score.lossSum());
      }
      if (meter.add(score, System.nanoTime() - start)) {
        events.accept(meter.report(step));
      }
    }
    if (meter.hasNews()) {
      events.accept(meter.report(step));
    }
    return step;
  }

  private boolean isEvaluated(long step) {
    return step % spec.stepsPerEvaluation() == 0 || step == plan.totalSteps();
  }

  private Checkpoint checkpoint(TrainingSession session, long step) throws IOException {
    enter(TrainerPhase.CHECKPOINTING);
    if (!session.isFinite()) {
      throw new NonFiniteLossException(step, "a weight is not a finite number");
    }
    Checkpoint checkpoint = checkpoints.write(step, session::save);
    events.accept(new TrainerEvent.Checkpoint(step, checkpoint.bytes()));
    return checkpoint;
  }

  private void evaluate(TrainingSession session, long step) {
    if (plan.data().validationExamples() == 0) {
      return;
    }
    enter(TrainerPhase.EVALUATING);
    Optional<BatchScore> evaluated = session.evaluate(stop);
    if (evaluated.isPresent()) {
      BatchScore score = evaluated.get();
      if (!Double.isFinite(score.lossSum())) {
        throw new NonFiniteLossException(step, "the evaluation loss is " + score.lossSum());
      }
      if (score.examples() != session.validationExamples()) {
        warn(
            "The validation shards hold %d images, not %d: the dataset is not as it was converted."
                .formatted(score.examples(), session.validationExamples()));
      }
      events.accept(
          new TrainerEvent.Evaluation(
              step, Map.of("loss", score.loss(), "accuracy", score.accuracy()), score.examples()));
    }
  }

  private Outcome export(Checkpoint checkpoint, float[] expected) throws IOException {
    enter(TrainerPhase.EXPORTING);
    ExportedModel model = new ModelExporter(plan).export(checkpoint, expected);
    events.accept(
        new TrainerEvent.Exported(checkpoint.step(), model.parameters(), model.signatures()));
    return new Outcome.Finished(checkpoint.step());
  }

  private void enter(TrainerPhase phase) {
    events.accept(new TrainerEvent.Entered(phase));
  }

  private void warn(String message) {
    events.accept(new TrainerEvent.Warning(message));
  }
}
