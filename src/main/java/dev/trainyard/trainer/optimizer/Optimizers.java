package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.AdamSpec;
import dev.trainyard.spec.OptimizerSpec;

/** Makes the optimizer that a spec describes. */
public final class Optimizers {

  private Optimizers() {}

  public static Optimizer of(OptimizerSpec spec) {
    if (spec instanceof AdamSpec adam) {
      return new AdamOptimizer(adam);
    }
    throw new IllegalArgumentException("No optimizer for " + spec);
  }
}
