package dev.trainyard.trainer.optimizer;

import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ResourceApplyGradientDescent;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** {@code w -= rate * g}. */
final class SgdOptimizer implements Optimizer {

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
            ops.train.resourceApplyGradientDescent(
                update.handle(),
                learningRate,
                update.gradient(),
                ResourceApplyGradientDescent.useLocking(true)));
  }
}
