package dev.trainyard.spec.optimizer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * Gradient descent with momentum (Polyak, 1964).
 *
 * @param momentum the share of the last change that is made again
 * @param nesterov looks ahead by the momentum (Nesterov, 1983), as the ResNet recipe does
 */
public record MomentumSpec(
    @Positive @DecimalMax("10") Double learningRate,
    @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double momentum,
    Boolean nesterov)
    implements OptimizerSpec {

  public MomentumSpec(
      @Nullable Double learningRate, @Nullable Double momentum, @Nullable Boolean nesterov) {
    this.learningRate = learningRate == null ? 0.01 : learningRate;
    this.momentum = momentum == null ? 0.9 : momentum;
    this.nesterov = nesterov != null && nesterov;
  }
}
