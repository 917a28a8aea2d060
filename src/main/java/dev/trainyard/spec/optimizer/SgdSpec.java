package dev.trainyard.spec.optimizer;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/** Plain gradient descent. */
public record SgdSpec(@Positive @DecimalMax("10") Double learningRate) implements OptimizerSpec {

  public SgdSpec(@Nullable Double learningRate) {
    this.learningRate = learningRate == null ? 0.01 : learningRate;
  }
}
