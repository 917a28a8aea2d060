package dev.trainyard.spec.optimizer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019).
 *
 * @param weightDecay the share of a weight that it loses each step, times the learning rate; batch
 *     normalization and biases are left out
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 */
public record AdamWSpec(
    @Positive @DecimalMax("10") Double learningRate,
    @PositiveOrZero @DecimalMax("1") Double weightDecay,
    @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double beta1,
    @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double beta2,
    @Positive Double epsilon)
    implements OptimizerSpec {

  public AdamWSpec(
      @Nullable Double learningRate,
      @Nullable Double weightDecay,
      @Nullable Double beta1,
      @Nullable Double beta2,
      @Nullable Double epsilon) {
    this.learningRate = learningRate == null ? 0.001 : learningRate;
    this.weightDecay = weightDecay == null ? 0.004 : weightDecay;
    this.beta1 = beta1 == null ? 0.9 : beta1;
    this.beta2 = beta2 == null ? 0.999 : beta2;
    this.epsilon = epsilon == null ? 1e-7 : epsilon;
  }
}
