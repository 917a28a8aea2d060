package dev.trainyard.trainer.loop;

import dev.trainyard.spec.EvaluationBatches;
import dev.trainyard.trainer.checkpoint.EvaluationHistory;
import dev.trainyard.trainer.evaluation.Scoring;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.summary.Pictures;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Evaluates the weights that a session has, and keeps what it finds. */
final class Evaluations {

  private final TrainingPlan plan;
  private final TrainingSession session;
  private final EvaluationHistory history;
  private final Report report;
  private final Pictures pictures;
  private final StopSignal stop;

  Evaluations(
      TrainingPlan plan,
      TrainingSession session,
      EvaluationHistory history,
      Report report,
      Pictures pictures,
      StopSignal stop) {
    this.plan = plan;
    this.session = session;
    this.history = history;
    this.report = report;
    this.pictures = pictures;
    this.stop = stop;
  }

  /** Evaluates the weights of {@code step}, if there are images for it and nobody says stop. */
  void evaluate(long step) throws IOException {
    if (session.validationExamples() == 0) {
      return;
    }
    report.enter(TrainerPhase.EVALUATING);
    Optional<Scoring> evaluated = session.evaluate(stop);
    if (evaluated.isPresent()) {
      Scoring score = evaluated.get();
      if (!Double.isFinite(score.loss())) {
        throw new NonFiniteLossException(step, "the evaluation loss is " + score.loss());
      }
      long usable = session.validationExamples();
      long leftOut = EvaluationBatches.of(plan.spec(), usable).leftOut();
      if (score.examples() + leftOut != usable) {
        report.warn(
            "The validation shards hold %d images, not %d: the dataset is not as it was converted."
                .formatted(score.examples() + leftOut, usable));
      }
      EvaluationReport found = score.report(plan.data().validationExamples());
      history.add(step, found.metrics());
      report.tell(new TrainerEvent.Evaluation(step, found));
      session.showWeights(pictures, step);
    }
  }

  /** All of this job, in the order of their steps. */
  List<EvaluationHistory.Entry> soFar() {
    return history.all();
  }
}
