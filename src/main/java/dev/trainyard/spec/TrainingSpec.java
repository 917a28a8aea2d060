package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * The train-and-evaluate loop. Defaults are the article's.
 *
 * @param batchSize images a step
 * @param steps the global step to reach
 * @param stepsPerEvaluation steps between two checkpoints, each followed by an evaluation
 * @param evaluationBatchSize images an evaluation step; the training batch size, or the validation
 *     set when that is smaller, when left out
 * @param seed of everything random: initial weights, order, augmentation, dropout
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingSpec(
    @Min(1) @Max(65536) Integer batchSize,
    @Min(1) @Max(1_000_000_000) Long steps,
    @Min(1) @Max(1_000_000_000) Long stepsPerEvaluation,
    @Min(1) @Max(65536) @Nullable Integer evaluationBatchSize,
    @PositiveOrZero Long seed,
    @Valid OptimizerSpec optimizer) {

  public TrainingSpec(
      @Nullable Integer batchSize,
      @Nullable Long steps,
      @Nullable Long stepsPerEvaluation,
      @Nullable Integer evaluationBatchSize,
      @Nullable Long seed,
      @Nullable OptimizerSpec optimizer) {
    this.batchSize = batchSize == null ? 256 : batchSize;
    this.steps = steps == null ? 100 : steps;
    this.stepsPerEvaluation = stepsPerEvaluation == null ? 1000 : stepsPerEvaluation;
    this.evaluationBatchSize = evaluationBatchSize;
    this.seed = seed == null ? 1 : seed;
    this.optimizer = optimizer == null ? AdamSpec.defaults() : optimizer;
  }

  static TrainingSpec defaults() {
    return new TrainingSpec(null, null, null, null, null, null);
  }
}
