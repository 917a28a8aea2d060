package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.optimizer.MomentumSpec;
import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ResourceApplyKerasMomentum;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Keras's SGD with momentum: {@code m = momentum * m - rate * g}, then {@code w += m}, or with
 * Nesterov {@code w += momentum * m - rate * g}. The rate is inside m, unlike in TensorFlow 1's
 * MomentumOptimizer: the two differ while the rate changes.
 */
final class MomentumOptimizer implements Optimizer {

  private final MomentumSpec spec;

  MomentumOptimizer(MomentumSpec spec) {
    this.spec = spec;
  }

  @Override
  public Op apply(
      Ops ops,
      Variables variables,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step) {
    return FusedUpdate.each(
        ops,
        variables,
        gradients,
        update ->
            ops.train.resourceApplyKerasMomentum(
                update.handle(),
                update.slot("momentum", 0),
                learningRate,
                update.gradient(),
                update.constant(spec.momentum()),
                ResourceApplyKerasMomentum.useNesterov(spec.nesterov()),
                ResourceApplyKerasMomentum.useLocking(true)));
  }
}
