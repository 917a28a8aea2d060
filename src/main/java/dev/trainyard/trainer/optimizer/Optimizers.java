package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.optimizer.AdagradSpec;
import dev.trainyard.spec.optimizer.AdamSpec;
import dev.trainyard.spec.optimizer.AdamWSpec;
import dev.trainyard.spec.optimizer.MomentumSpec;
import dev.trainyard.spec.optimizer.OptimizerSpec;
import dev.trainyard.spec.optimizer.RmsPropSpec;
import dev.trainyard.spec.optimizer.SgdSpec;

/** Makes the optimizer that a spec describes. */
final class Optimizers {

  private Optimizers() {}

  static Optimizer of(OptimizerSpec spec) {
    if (spec instanceof SgdSpec) {
      return new SgdOptimizer();
    }
    if (spec instanceof MomentumSpec momentum) {
      return new MomentumOptimizer(momentum);
    }
    if (spec instanceof RmsPropSpec rmsProp) {
      return new RmsPropOptimizer(rmsProp);
    }
    if (spec instanceof AdagradSpec adagrad) {
      return new AdagradOptimizer(adagrad);
    }
    if (spec instanceof AdamSpec adam) {
      return new AdamOptimizer(adam);
    }
    if (spec instanceof AdamWSpec adamW) {
      return new AdamWOptimizer(adamW);
    }
    throw new IllegalArgumentException("No optimizer for " + spec);
  }
}
