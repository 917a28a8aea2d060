package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.spec.optimizer.AdamSpec;
import dev.trainyard.spec.optimizer.ConstantScheduleSpec;
import dev.trainyard.spec.optimizer.OptimizerSpec;
import dev.trainyard.spec.optimizer.ScheduleSpec;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The train-and-evaluate loop. Defaults are the article's.
 *
 * @param batchSize images a step, over all replicas and accumulated gradients
 * @param gradientAccumulationSteps parts that a batch is computed in, one after the other, to save
 *     memory; the weights change once, by the mean of the gradients
 * @param steps the global step to reach; 100 when {@code epochs} is left out too
 * @param epochs instead of steps: passes over the training images, rounded up to whole steps
 * @param timeLimit of training, over all attempts; then the job ends as after its last step
 * @param stepsPerEvaluation steps between two evaluations, each with a checkpoint
 * @param evaluationBatchSize images an evaluation step; as many as a training step computes at
 *     once, or the validation set when that is smaller, when left out
 * @param evaluateRemainder evaluates also the images that do not fill the last batch; only full
 *     batches when false, and the report says how many images were left out
 * @param iterationsPerLoop steps between two looks of the host at what the device does
 * @param lossCheckSteps a loss that is not finite is found within so many steps
 * @param schedule of the learning rate
 * @param weightDecay factor of the L2 norm in the loss; batch normalization and biases are left out
 * @param globalClipNorm gradients are scaled down so that their joint norm is at most this
 * @param labelSmoothing probability mass that is spread evenly over all classes
 * @param deterministic the same seed gives the same bits
 * @param seed of everything random: initial weights, order, augmentation, dropout
 * @param warmStartFrom where the weights come from before the first step
 * @param histograms writes histograms of the weights for TensorBoard at each evaluation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingSpec(
    @Min(1) @Max(65536) Integer batchSize,
    @Min(1) @Max(1024) Integer gradientAccumulationSteps,
    @Min(1) @Max(1_000_000_000) @Nullable Long steps,
    @Positive @DecimalMax("1000000") @Nullable Double epochs,
    @Nullable Duration timeLimit,
    @Min(1) @Max(1_000_000_000) Long stepsPerEvaluation,
    @Min(1) @Max(65536) @Nullable Integer evaluationBatchSize,
    Boolean evaluateRemainder,
    @Min(1) @Max(100_000) Integer iterationsPerLoop,
    @Min(1) @Max(100_000) Integer lossCheckSteps,
    @Valid OptimizerSpec optimizer,
    @Valid ScheduleSpec schedule,
    @PositiveOrZero Double weightDecay,
    @Positive @Nullable Double globalClipNorm,
    @PositiveOrZero @DecimalMax(value = "1", inclusive = false) Double labelSmoothing,
    Precision precision,
    Boolean deterministic,
    @PositiveOrZero Long seed,
    @Valid CheckpointSpec checkpoint,
    @Valid @Nullable EarlyStoppingSpec earlyStopping,
    @Valid @Nullable WarmStartSpec warmStartFrom,
    Boolean histograms) {

  private static final long DEFAULT_STEPS = 100;

  public TrainingSpec(
      @Nullable Integer batchSize,
      @Nullable Integer gradientAccumulationSteps,
      @Nullable Long steps,
      @Nullable Double epochs,
      @Nullable Duration timeLimit,
      @Nullable Long stepsPerEvaluation,
      @Nullable Integer evaluationBatchSize,
      @Nullable Boolean evaluateRemainder,
      @Nullable Integer iterationsPerLoop,
      @Nullable Integer lossCheckSteps,
      @Nullable OptimizerSpec optimizer,
      @Nullable ScheduleSpec schedule,
      @Nullable Double weightDecay,
      @Nullable Double globalClipNorm,
      @Nullable Double labelSmoothing,
      @Nullable Precision precision,
      @Nullable Boolean deterministic,
      @Nullable Long seed,
      @Nullable CheckpointSpec checkpoint,
      @Nullable EarlyStoppingSpec earlyStopping,
      @Nullable WarmStartSpec warmStartFrom,
      @Nullable Boolean histograms) {
    this.batchSize = batchSize == null ? 256 : batchSize;
    this.gradientAccumulationSteps =
        gradientAccumulationSteps == null ? 1 : gradientAccumulationSteps;
    this.steps = steps == null && epochs == null ? Long.valueOf(DEFAULT_STEPS) : steps;
    this.epochs = epochs;
    this.timeLimit = timeLimit;
    this.stepsPerEvaluation = stepsPerEvaluation == null ? 1000 : stepsPerEvaluation;
    this.evaluationBatchSize = evaluationBatchSize;
    this.evaluateRemainder = evaluateRemainder == null || evaluateRemainder;
    this.iterationsPerLoop = iterationsPerLoop == null ? 1 : iterationsPerLoop;
    this.lossCheckSteps = lossCheckSteps == null ? this.iterationsPerLoop : lossCheckSteps;
    this.optimizer = optimizer == null ? AdamSpec.defaults() : optimizer;
    this.schedule = schedule == null ? new ConstantScheduleSpec(null, null) : schedule;
    this.weightDecay = weightDecay == null ? 0 : weightDecay;
    this.globalClipNorm = globalClipNorm;
    this.labelSmoothing = labelSmoothing == null ? 0 : labelSmoothing;
    this.precision = precision == null ? Precision.AUTO : precision;
    this.deterministic = deterministic == null || deterministic;
    this.seed = seed == null ? 1 : seed;
    this.checkpoint = checkpoint == null ? CheckpointSpec.defaults() : checkpoint;
    this.earlyStopping = earlyStopping;
    this.warmStartFrom = warmStartFrom;
    this.histograms = histograms != null && histograms;
  }

  static TrainingSpec defaults() {
    return SpecJson.MAPPER.convertValue(Map.of(), TrainingSpec.class);
  }

  /**
   * The global step to reach.
   *
   * @param trainExamples images of an epoch
   */
  public long totalSteps(long trainExamples) {
    return epochs == null
        ? Objects.requireNonNullElse(steps, DEFAULT_STEPS)
        : (long) Math.ceil(epochs * trainExamples / batchSize);
  }
}
