package dev.trainyard.trainer.loop;

import dev.trainyard.spec.EarlyStoppingSpec;
import dev.trainyard.spec.EvaluationMetric;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.checkpoint.EvaluationHistory;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates the weights that a session has, and keeps what it finds. */
final class Evaluations {

  private final TrainingPlan plan;
  private final TrainingSession session;
  private final EvaluationHistory history;
  private final Report report;
  private final StopSignal stop;

  Evaluations(
      TrainingPlan plan,
      TrainingSession session,
      EvaluationHistory history,
      Report report,
      StopSignal stop) {
    this.plan = plan;
    this.session = session;
    this.history = history;
    this.report = report;
    this.stop = stop;
  }

  /** Evaluates the weights of {@code step}, if there are images for it and nobody says stop. */
  void evaluate(long step) throws IOException {
    if (session.validationExamples() == 0) {
      return;
    }
    report.enter(TrainerPhase.EVALUATING);
    Optional<BatchScore> evaluated = session.evaluate(stop);
    if (evaluated.isPresent()) {
      BatchScore score = evaluated.get();
      if (!Double.isFinite(score.lossSum())) {
        throw new NonFiniteLossException(step, "the evaluation loss is " + score.lossSum());
      }
      if (score.examples() != session.validationExamples()) {
        report.warn(
            "The validation shards hold %d images, not %d: the dataset is not as it was converted."
                .formatted(score.examples(), session.validationExamples()));
      }
      Map<String, Double> metrics = Map.of("loss", score.loss(), "accuracy", score.accuracy());
      keep(step, metrics);
      report.tell(new TrainerEvent.Evaluation(step, metrics, score.examples()));
    }
  }

  /** All of this job, in the order of their steps. */
  List<EvaluationHistory.Entry> soFar() {
    return history.all();
  }

  private void keep(long step, Map<String, Double> metrics) throws IOException {
    TrainingSpec spec = plan.spec().training();
    EarlyStoppingSpec stopping = spec.earlyStopping();
    check("training.earlyStopping.monitor", stopping == null ? null : stopping.monitor(), metrics);
    check("training.checkpoint.keepBest", spec.checkpoint().keepBest(), metrics);
    history.add(step, metrics);
  }

  private static void check(
      String field, @Nullable EvaluationMetric metric, Map<String, Double> metrics) {
    if (metric != null && !metrics.containsKey(metric.metricName())) {
      throw new PlanException(
          "%s is %s, which the evaluation of this dataset does not report; it reports %s."
              .formatted(field, metric.metricName(), metrics.keySet()));
    }
  }
}
