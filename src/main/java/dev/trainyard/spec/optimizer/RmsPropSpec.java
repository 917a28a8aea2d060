package dev.trainyard.spec.optimizer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * RMSprop (Tieleman and Hinton, 2012).
 *
 * @param rho decay of the mean square
 * @param momentum the share of the last change that is made again
 * @param epsilon added to the mean square, under the root
 * @param centered divides by the deviation of the gradients instead of their mean square
 */
public record RmsPropSpec(
    @Positive @DecimalMax("10") Double learningRate,
    @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double rho,
    @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double momentum,
    @Positive Double epsilon,
    Boolean centered)
    implements OptimizerSpec {

  public RmsPropSpec(
      @Nullable Double learningRate,
      @Nullable Double rho,
      @Nullable Double momentum,
      @Nullable Double epsilon,
      @Nullable Boolean centered) {
    this.learningRate = learningRate == null ? 0.001 : learningRate;
    this.rho = rho == null ? 0.9 : rho;
    this.momentum = momentum == null ? 0 : momentum;
    this.epsilon = epsilon == null ? 1e-7 : epsilon;
    this.centered = centered != null && centered;
  }
}
