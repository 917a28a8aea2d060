package dev.trainyard.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far the training is, and what was measured last. */
@Embeddable
class JobProgress {

  private long step;

  @Column(name = "examples_per_second")
  private @Nullable Double examplesPerSecond;

  @Column(name = "eta_seconds")
  private @Nullable Double etaSeconds;

  private @Nullable Long parameters;
  private @Nullable Double loss;
  private @Nullable Double accuracy;

  @Column(name = "evaluation_step")
  private @Nullable Long evaluationStep;

  @Column(name = "evaluation_loss")
  private @Nullable Double evaluationLoss;

  @Column(name = "evaluation_accuracy")
  private @Nullable Double evaluationAccuracy;

  @Column(name = "evaluation_examples")
  private @Nullable Long evaluationExamples;

  /** An attempt begins at the step of the checkpoint that it restored. */
  void restart(long fromStep, long ofParameters) {
    step = fromStep;
    parameters = ofParameters;
  }

  void stepped(long toStep, double newLoss, double newAccuracy, double rate, @Nullable Double eta) {
    step = toStep;
    loss = newLoss;
    accuracy = newAccuracy;
    examplesPerSecond = rate;
    etaSeconds = eta;
  }

  void evaluated(long atStep, Map<String, Double> metrics, long examples) {
    evaluationStep = atStep;
    evaluationLoss = metrics.get("loss");
    evaluationAccuracy = metrics.get("accuracy");
    evaluationExamples = examples;
  }

  /** Nothing is being trained: a rate and an arrival time would be lies. */
  void idle() {
    examplesPerSecond = null;
    etaSeconds = null;
  }

  JobView.Progress progress(long totalSteps) {
    double percent = Math.round(1000.0 * step / totalSteps) / 10.0;
    return new JobView.Progress(
        step,
        totalSteps,
        percent,
        examplesPerSecond == null ? null : Math.round(examplesPerSecond * 10) / 10.0,
        etaSeconds == null ? null : Duration.ofSeconds(Math.round(etaSeconds)),
        parameters);
  }

  JobView.@Nullable Metrics metrics() {
    JobView.Evaluation evaluation =
        evaluationStep == null
            ? null
            : new JobView.Evaluation(
                evaluationStep, evaluationLoss, evaluationAccuracy, evaluationExamples);
    return loss == null && evaluation == null
        ? null
        : new JobView.Metrics(loss, accuracy, evaluation);
  }
}
