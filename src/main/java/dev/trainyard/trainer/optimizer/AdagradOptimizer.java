package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.optimizer.AdagradSpec;
import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ResourceApplyAdagrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Keras's Adagrad: {@code a += g^2}, {@code w -= rate * g / sqrt(a + epsilon)}. The slot holds
 * {@code a + epsilon}, because TensorFlow's operation adds its epsilon to the root.
 */
final class AdagradOptimizer implements Optimizer {

  private final AdagradSpec spec;

  AdagradOptimizer(AdagradSpec spec) {
    this.spec = spec;
  }

  @Override
  public Op apply(
      Ops ops,
      Variables variables,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step) {
    double initial = spec.initialAccumulatorValue() + spec.epsilon();
    return FusedUpdate.each(
        ops,
        variables,
        gradients,
        update ->
            ops.train.resourceApplyAdagrad(
                update.handle(),
                update.slot("adagrad_accumulator", initial),
                learningRate,
                update.constant(0),
                update.gradient(),
                ResourceApplyAdagrad.useLocking(true)));
  }
}
