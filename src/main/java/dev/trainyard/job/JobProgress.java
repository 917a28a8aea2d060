package dev.trainyard.job;

import static dev.trainyard.spec.EvaluationMetric.ACCURACY;
import static dev.trainyard.spec.EvaluationMetric.F1_SCORE;
import static dev.trainyard.spec.EvaluationMetric.LOSS;
import static dev.trainyard.spec.EvaluationMetric.PRECISION;
import static dev.trainyard.spec.EvaluationMetric.RECALL;
import static dev.trainyard.spec.EvaluationMetric.TOP_5_ACCURACY;

import dev.trainyard.trainer.protocol.EvaluationReport;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How far the training is, and what was measured last. */
@Embeddable
class JobProgress {

  private long step;

  @Column(name = "furthest_step")
  private long furthestStep;

  @Column(name = "examples_per_second")
  private @Nullable Double examplesPerSecond;

  @Column(name = "eta_seconds")
  private @Nullable Double etaSeconds;

  @Column(name = "checkpoint_step")
  private @Nullable Long checkpointStep;

  private @Nullable Long parameters;
  private @Nullable Double loss;
  private @Nullable Double accuracy;

  @Column(name = "learning_rate")
  private @Nullable Double learningRate;

  @Column(name = "evaluation_step")
  private @Nullable Long evaluationStep;

  @Column(name = "evaluation_loss")
  private @Nullable Double evaluationLoss;

  @Column(name = "evaluation_accuracy")
  private @Nullable Double evaluationAccuracy;

  @Column(name = "evaluation_top_5_accuracy")
  private @Nullable Double evaluationTop5Accuracy;

  @Column(name = "evaluation_precision")
  private @Nullable Double evaluationPrecision;

  @Column(name = "evaluation_recall")
  private @Nullable Double evaluationRecall;

  @Column(name = "evaluation_f1")
  private @Nullable Double evaluationF1;

  @Column(name = "evaluation_examples")
  private @Nullable Long evaluationExamples;

  @Column(name = "evaluation_left_out")
  private @Nullable Long evaluationLeftOut;

  /** An attempt begins at the step of the checkpoint that it restored. */
  void restart(long fromStep, long ofParameters) {
    step = fromStep;
    checkpointStep = fromStep == 0 ? null : Long.valueOf(fromStep);
    parameters = ofParameters;
  }

  void stepped(
      long toStep,
      double newLoss,
      double newAccuracy,
      double newLearningRate,
      double perSecond,
      @Nullable Double eta) {
    step = toStep;
    furthestStep = Math.max(furthestStep, toStep);
    loss = newLoss;
    accuracy = newAccuracy;
    learningRate = newLearningRate;
    examplesPerSecond = perSecond;
    etaSeconds = eta;
  }

  void evaluated(long atStep, EvaluationReport report) {
    evaluationStep = atStep;
    evaluationLoss = report.metric(LOSS);
    evaluationAccuracy = report.metric(ACCURACY);
    evaluationTop5Accuracy = report.metric(TOP_5_ACCURACY);
    evaluationPrecision = report.metric(PRECISION);
    evaluationRecall = report.metric(RECALL);
    evaluationF1 = report.metric(F1_SCORE);
    evaluationExamples = report.examples();
    evaluationLeftOut = report.leftOut();
  }

  void checkpointed(long atStep) {
    checkpointStep = atStep;
  }

  long step() {
    return step;
  }

  /** That any attempt has reached. */
  long furthestStep() {
    return furthestStep;
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
        checkpointStep,
        parameters);
  }

  JobView.@Nullable Metrics metrics() {
    JobView.Evaluation evaluation =
        evaluationStep == null
            ? null
            : new JobView.Evaluation(
                evaluationStep,
                evaluationLoss,
                evaluationAccuracy,
                evaluationTop5Accuracy,
                evaluationPrecision,
                evaluationRecall,
                evaluationF1,
                evaluationExamples,
                evaluationLeftOut);
    return loss == null && evaluation == null
        ? null
        : new JobView.Metrics(loss, accuracy, learningRate, evaluation);
  }
}
