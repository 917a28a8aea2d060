package dev.trainyard.spec.optimizer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * Adagrad (Duchi, Hazan and Singer, 2011).
 *
 * @param initialAccumulatorValue what the sum of squares begins with
 * @param epsilon added to the sum of squares, under the root
 */
public record AdagradSpec(
    @Positive @DecimalMax("10") Double learningRate,
    @PositiveOrZero Double initialAccumulatorValue,
    @Positive Double epsilon)
    implements OptimizerSpec {

  public AdagradSpec(
      @Nullable Double learningRate,
      @Nullable Double initialAccumulatorValue,
      @Nullable Double epsilon) {
    this.learningRate = learningRate == null ? 0.001 : learningRate;
    this.initialAccumulatorValue = initialAccumulatorValue == null ? 0.1 : initialAccumulatorValue;
    this.epsilon = epsilon == null ? 1e-7 : epsilon;
  }
}
