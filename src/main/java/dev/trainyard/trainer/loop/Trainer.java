package dev.trainyard.trainer.loop;

import dev.trainyard.spec.EvaluationMetric;
import dev.trainyard.spec.Precision;
import dev.trainyard.spec.RegisterSpec;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.CheckpointWriter;
import dev.trainyard.trainer.checkpoint.Checkpoints;
import dev.trainyard.trainer.checkpoint.EvaluationHistory;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.device.FreeMemory;
import dev.trainyard.trainer.export.ExportedModel;
import dev.trainyard.trainer.export.ModelExporter;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.summary.Pictures;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.tensorflow.TensorFlow;

/**
 * An attempt from beginning to end: restore the newest checkpoint, or begin with the weights that
 * the plan names; train; export the last weights, or the best.
 */
public final class Trainer {

  private final TrainingPlan plan;
  private final TrainingSpec spec;
  private final Report report;
  private final Pictures pictures;
  private final StopSignal stop;
  private final Checkpoints checkpoints;

  private Trainer(
      TrainingPlan plan,
      Report report,
      Pictures pictures,
      StopSignal stop,
      Checkpoints checkpoints) {
    this.plan = plan;
    this.spec = plan.spec().training();
    this.report = report;
    this.pictures = pictures;
    this.stop = stop;
    this.checkpoints = checkpoints;
  }

  /**
   * Trains, evaluates and exports as {@code plan} says; goes on where an earlier attempt ended.
   *
   * @param events is told of everything as it happens, one event at a time, not always by the
   *     calling thread
   * @param pictures is shown the graph and images at the first step, histograms at evaluations, by
   *     the calling thread
   * @param stop ends training after the step that it is in
   */
  public static Outcome train(
      TrainingPlan plan, Consumer<TrainerEvent> events, Pictures pictures, StopSignal stop)
      throws IOException {
    PlanCheck.check(plan);
    Accelerator accelerator =
        Accelerator.of(plan.spec().accelerator(), plan.spec().training().precision());
    Checkpoints checkpoints = new Checkpoints(plan.checkpoints(), plan.attempt());
    return new Trainer(plan, new Report(events, Clock.systemUTC()), pictures, stop, checkpoints)
        .run(accelerator);
  }

  /** Trains without showing any pictures. */
  public static Outcome train(TrainingPlan plan, Consumer<TrainerEvent> events, StopSignal stop)
      throws IOException {
    return train(plan, events, Pictures.NONE, stop);
  }

  private Outcome run(Accelerator accelerator) throws IOException {
    report.enter(TrainerPhase.COMPILING);
    Checkpoint chosen;
    float[] expected;
    try (TrainingInput input = TrainingInput.open(plan);
        TrainingSession session = new TrainingSession(plan, input, accelerator)) {
      input.warnings().forEach(report::warn);
      session.checkMemory(FreeMemory.bytes());
      Optional<Checkpoint> restored = restore(session);
      long step = restored.map(Checkpoint::step).orElse(0L);
      report.tell(
          new TrainerEvent.Started(
              step,
              plan.totalSteps(),
              session.parameters(),
              accelerator.description(),
              TensorFlow.version()));
      if (plan.data().validationExamples() == 0) {
        report.warn("The dataset has no validation images, so nothing is evaluated.");
      }
      if (step == 0) {
        session.showFirstBatch(pictures);
      }
      EvaluationHistory history = new EvaluationHistory(plan.evaluations(), step);
      Evaluations evaluations = new Evaluations(plan, session, history, report, pictures, stop);
      Checkpoint last;
      try (CheckpointWriter writer = writer(history)) {
        last = new TrainingLoop(plan, session, restored, writer, evaluations, report, stop).run();
      }
      if (stop.isRequested()) {
        return new Outcome.Stopped(last.step());
      }
      chosen = chosen(last, history);
      if (chosen.step() != last.step()) { // the last evaluation that is told is the model's
        session.restore(chosen.prefix());
        evaluations.evaluate(chosen.step());
      }
      expected =
          accelerator.precision() == Precision.FLOAT32
              ? session.firstProbabilities()
              : inFloat32(input, accelerator, chosen);
    }
    return export(chosen, expected);
  }

  /** The exported model computes in float32, and is compared with the network in float32. */
  private float[] inFloat32(TrainingInput input, Accelerator accelerator, Checkpoint checkpoint) {
    try (TrainingSession exact = new TrainingSession(plan, input, accelerator.inFloat32())) {
      exact.restore(checkpoint.prefix());
      return exact.firstProbabilities();
    }
  }

  private Optional<Checkpoint> restore(TrainingSession session) throws IOException {
    Optional<Checkpoint> newest = checkpoints.newest(report::warn);
    if (newest.isPresent()) {
      session.restore(newest.get().prefix());
      return newest;
    }
    session.initialize();
    if (plan.warmStart() != null) {
      new WarmStart(plan.warmStart(), report).into(session);
    }
    return newest;
  }

  private CheckpointWriter writer(EvaluationHistory history) {
    EvaluationMetric metric = spec.checkpoint().keepBest();
    return new CheckpointWriter(
        checkpoints,
        spec.checkpoint().keepLast(),
        () -> metric == null ? OptionalLong.empty() : history.best(metric),
        (written, took) -> report.saved(written.step(), written.bytes(), took));
  }

  /** The checkpoint that becomes the model: the last, or the best of those that are there. */
  private Checkpoint chosen(Checkpoint last, EvaluationHistory history) {
    EvaluationMetric metric = spec.checkpoint().keepBest();
    if (metric == null || plan.spec().register().checkpoint() != RegisterSpec.Weights.BEST) {
      return last;
    }
    OptionalLong best = history.best(metric);
    for (EvaluationHistory.Entry entry : history.bestFirst(metric)) {
      if (entry.step() == last.step()) {
        return last;
      }
      try {
        return checkpoints.of(entry.step());
      } catch (IOException e) {
        if (entry.step() == best.orElseThrow()) { // others need not be there
          report.warn(
              "The best checkpoint, of step %d, cannot be exported: %s. The next best that is there takes its place."
                  .formatted(entry.step(), e.getMessage()));
        }
      }
    }
    return last;
  }

  private Outcome export(Checkpoint checkpoint, float[] expected) throws IOException {
    report.enter(TrainerPhase.EXPORTING);
    ExportedModel model = new ModelExporter(plan).export(checkpoint, expected);
    report.exported(checkpoint.step(), model);
    return new Outcome.Finished(checkpoint.step());
  }
}
