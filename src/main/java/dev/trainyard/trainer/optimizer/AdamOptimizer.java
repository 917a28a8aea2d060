package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.optimizer.AdamSpec;
import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ResourceApplyAdam;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * Adam (Kingma and Ba, 2015) as TensorFlow and Keras have it: {@code m += (1 - beta1) * (g - m)},
 * {@code v += (1 - beta2) * (g^2 - v)}, {@code w -= rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m /
 * (sqrt(v) + epsilon)}, where {@code t} counts updates from 1.
 */
final class AdamOptimizer implements Optimizer {

  private final AdamSpec spec;

  AdamOptimizer(AdamSpec spec) {
    this.spec = spec;
  }

  @Override
  public Op apply(
      Ops ops,
      Variables variables,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step) {
    Operand<TFloat32> power1 = power(ops, spec.beta1(), step);
    Operand<TFloat32> power2 = power(ops, spec.beta2(), step);
    return FusedUpdate.each(
        ops,
        variables,
        gradients,
        update ->
            ops.train.resourceApplyAdam(
                update.handle(),
                update.slot("adam_m", 0),
                update.slot("adam_v", 0),
                power1,
                power2,
                learningRate,
                update.constant(spec.beta1()),
                update.constant(spec.beta2()),
                update.constant(spec.epsilon()),
                update.gradient(),
                ResourceApplyAdam.useLocking(true)));
  }

  /**
   * {@code beta^(step + 1)} in double precision, but of the float32 that the operation multiplies
   * with: one of 0.999 is off by 1e-8, and 1 - beta2 by a thousand times that.
   */
  private static Operand<TFloat32> power(Ops ops, double beta, Operand<TInt64> step) {
    Operand<TFloat64> count = ops.dtypes.cast(step, TFloat64.class);
    Operand<TFloat64> power =
        ops.math.pow(ops.constant((double) (float) beta), ops.math.add(count, ops.constant(1.0)));
    return ops.dtypes.cast(power, TFloat32.class);
  }
}
