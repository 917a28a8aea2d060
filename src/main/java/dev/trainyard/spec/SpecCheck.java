package dev.trainyard.spec;

import dev.trainyard.spec.optimizer.AdamWSpec;
import dev.trainyard.spec.optimizer.PiecewiseScheduleSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold between the fields of a spec, and between a spec and its dataset. */
public final class SpecCheck {

  /**
   * Something that does not fit.
   *
   * @param field its path in the spec, such as {@code training.batchSize}
   * @param message what is wrong with it and what would do; goes on from the field's name
   */
  public record Finding(String field, String message) {}

  private static final int LEAST_TPU_ITERATIONS = 10;

  private final JobSpec spec;
  private final TrainingSpec training;
  private final long trainExamples;
  private final long validationExamples;
  private final int classes;
  private final List<Finding> findings = new ArrayList<>();

  private SpecCheck(JobSpec spec, long trainExamples, long validationExamples, int classes) {
    this.spec = spec;
    this.training = spec.training();
    this.trainExamples = trainExamples;
    this.validationExamples = validationExamples;
    this.classes = classes;
  }

  /**
   * @param trainExamples images of the dataset to train on
   * @param validationExamples images of the dataset to evaluate on
   * @param classes of the dataset
   * @return nothing when the job can run
   */
  public static List<Finding> of(
      JobSpec spec, long trainExamples, long validationExamples, int classes) {
    SpecCheck check = new SpecCheck(spec, trainExamples, validationExamples, classes);
    check.batches();
    check.length();
    check.learningRate();
    check.evaluation();
    check.model();
    if (spec.accelerator().type() == AcceleratorSpec.Type.TPU) {
      check.tpu();
    }
    return check.findings;
  }

  private void batches() {
    int batchSize = training.batchSize();
    int replicas = spec.accelerator().replicas();
    int parts = replicas * training.gradientAccumulationSteps();
    if (batchSize > trainExamples) {
      add(
          "training.batchSize",
          "is %d, but the dataset has %d training images; make it %d or less",
          batchSize,
          trainExamples,
          trainExamples);
    }
    if (batchSize % parts != 0) {
      add(
          "training.batchSize",
          "is %d, which does not divide evenly over accelerator.replicas times"
              + " training.gradientAccumulationSteps, %d; make it a multiple of that",
          batchSize,
          parts);
    }
    Integer evaluationBatchSize = training.evaluationBatchSize();
    if (evaluationBatchSize != null && evaluationBatchSize % replicas != 0) {
      add(
          "training.evaluationBatchSize",
          "is %d; make it a multiple of accelerator.replicas, %d",
          evaluationBatchSize,
          replicas);
    }
  }

  private void length() {
    if (training.steps() != null && training.epochs() != null) {
      add("training.epochs", "and training.steps say the same thing; give one of them");
    }
    longerThanNothing("training.timeLimit", training.timeLimit());
    longerThanNothing("scheduling.maxDuration", spec.scheduling().maxDuration());
    WarmStartSpec start = training.warmStartFrom();
    if (start != null && (start.model() == null) == (start.job() == null)) {
      add("training.warmStartFrom", "must name either a model or a job");
    }
    if (start != null && start.version() != null && start.model() == null) {
      add("training.warmStartFrom.version", "is of a model; name the model too");
    }
  }

  private void longerThanNothing(String field, @Nullable Duration length) {
    if (length != null && (length.isNegative() || length.isZero())) {
      add(field, "must be longer than nothing, such as \"PT2H\"");
    }
  }

  private void learningRate() {
    if (training.optimizer() instanceof AdamWSpec adamW
        && adamW.weightDecay() > 0
        && training.weightDecay() > 0) {
      add(
          "training.weightDecay",
          "and training.optimizer.weightDecay would both shrink the weights; make one of them 0");
    }
    if (training.schedule() instanceof PiecewiseScheduleSpec schedule) {
      List<Double> boundaries = schedule.boundaries();
      if (schedule.factors().size() != boundaries.size() + 1) {
        add(
            "training.schedule.factors",
            "has %d; give one before each of the %d boundaries and one after the last, %d",
            schedule.factors().size(),
            boundaries.size(),
            boundaries.size() + 1);
      }
      for (int i = 1; i < boundaries.size(); i++) {
        if (boundaries.get(i) <= boundaries.get(i - 1)) {
          add("training.schedule.boundaries[" + i + "]", "must be more than the one before it");
        }
      }
      if (schedule.warmup() > boundaries.get(0)) {
        add("training.schedule.warmup", "must end before the first boundary, which counts it too");
      }
    }
  }

  private void evaluation() {
    if (validationExamples == 0 && training.earlyStopping() != null) {
      add(
          "training.earlyStopping",
          "needs validation images to evaluate, and the dataset has none;"
              + " convert it with a validationFraction");
    }
    if (validationExamples == 0 && training.checkpoint().keepBest() != null) {
      add(
          "training.checkpoint.keepBest",
          "needs validation images to evaluate, and the dataset has none;"
              + " convert it with a validationFraction");
    }
    if (training.earlyStopping() != null) {
      measured("training.earlyStopping.monitor", training.earlyStopping().monitor());
    }
    if (training.checkpoint().keepBest() != null) {
      measured("training.checkpoint.keepBest", training.checkpoint().keepBest());
    }
    if (EvaluationBatches.of(spec, validationExamples).size() == 0) {
      add(
          "training.evaluateRemainder",
          "is false, but the dataset's %d validation images do not make one for each of"
              + " accelerator.replicas, %d; make it true",
          validationExamples,
          spec.accelerator().replicas());
    }
    if (spec.register().checkpoint() == RegisterSpec.Weights.BEST
        && training.checkpoint().keepBest() == null) {
      add(
          "register.checkpoint",
          "is best; say by which metric in training.checkpoint.keepBest, such as \"accuracy\"");
    }
  }

  private void measured(String field, EvaluationMetric metric) {
    if (classes < metric.fewestClasses()) {
      add(
          field,
          "is %s, which the dataset has too few classes for, %d; take \"accuracy\"",
          metric.metricName(),
          classes);
    }
  }

  private void model() {
    if (spec.register().model().equals(RegisterSpec.RESERVED)) {
      add("register.model", "is what TensorFlow Serving's own file is called; choose another name");
    }
    int smallest = spec.model().minimumImageSize();
    if (Math.min(spec.input().height(), spec.input().width()) < smallest) {
      add("input", "height and width must be at least %d for this model", smallest);
    }
  }

  /** A TPU runs one compiled program: every batch has its one shape, and looking at it is slow. */
  private void tpu() {
    if (training.evaluateRemainder()) {
      add("training.evaluateRemainder", "must be false on a TPU, which takes only full batches");
    }
    if (!spec.input().transpose()) {
      add("input.transpose", "must be true on a TPU, which works with the batch as last dimension");
    }
    if (training.iterationsPerLoop() < LEAST_TPU_ITERATIONS) {
      add(
          "training.iterationsPerLoop",
          "is %d; a TPU waits for the host after each loop, so make it %d or more",
          training.iterationsPerLoop(),
          LEAST_TPU_ITERATIONS);
    }
  }

  private void add(String field, String message, Object... arguments) {
    findings.add(new Finding(field, message.formatted(arguments)));
  }
}
