package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.optimizer.RmsPropSpec;
import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ResourceApplyCenteredRmsProp;
import org.tensorflow.op.train.ResourceApplyRmsProp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Keras's RMSprop: {@code v = rho * v + (1 - rho) * g^2}, {@code m = momentum * m + rate * g /
 * sqrt(v + epsilon)}, {@code w -= m}. When centered, also {@code a = rho * a + (1 - rho) * g}, and
 * {@code v - a^2 + epsilon} is what stands under the root. Slots begin as 0.
 */
final class RmsPropOptimizer implements Optimizer {

  private final RmsPropSpec spec;

  RmsPropOptimizer(RmsPropSpec spec) {
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
        update -> spec.centered() ? centered(update, learningRate) : plain(update, learningRate));
  }

  private Op plain(FusedUpdate update, Operand<TFloat32> learningRate) {
    return update
        .ops()
        .train
        .resourceApplyRmsProp(
            update.handle(),
            update.slot("rmsprop_square", 0),
            momentum(update),
            learningRate,
            update.constant(spec.rho()),
            update.constant(spec.momentum()),
            update.constant(spec.epsilon()),
            update.gradient(),
            ResourceApplyRmsProp.useLocking(true));
  }

  private Op centered(FusedUpdate update, Operand<TFloat32> learningRate) {
    return update
        .ops()
        .train
        .resourceApplyCenteredRmsProp(
            update.handle(),
            update.slot("rmsprop_mean", 0),
            update.slot("rmsprop_square", 0),
            momentum(update),
            learningRate,
            update.constant(spec.rho()),
            update.constant(spec.momentum()),
            update.constant(spec.epsilon()),
            update.gradient(),
            ResourceApplyCenteredRmsProp.useLocking(true));
  }

  private Operand<? extends TType> momentum(FusedUpdate update) {
    return spec.momentum() == 0
        ? update.unusedSlot("rmsprop_momentum")
        : update.slot("rmsprop_momentum", 0);
  }
}
