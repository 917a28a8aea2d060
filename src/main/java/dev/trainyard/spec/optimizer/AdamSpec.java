package dev.trainyard.spec.optimizer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * Adam (Kingma and Ba, 2015).
 *
 * @param learningRate 0.01, as in the article
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment; TensorFlow's 1e-8
 */
public record AdamSpec(
    @Positive @DecimalMax("10") Double learningRate,
    @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double beta1,
    @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) Double beta2,
    @Positive Double epsilon)
    implements OptimizerSpec {

  public AdamSpec(
      @Nullable Double learningRate,
      @Nullable Double beta1,
      @Nullable Double beta2,
      @Nullable Double epsilon) {
    this.learningRate = learningRate == null ? 0.01 : learningRate;
    this.beta1 = beta1 == null ? 0.9 : beta1;
    this.beta2 = beta2 == null ? 0.999 : beta2;
    this.epsilon = epsilon == null ? 1e-8 : epsilon;
  }

  /** As in the article. */
  public static AdamSpec defaults() {
    return new AdamSpec(null, null, null, null);
  }
}
