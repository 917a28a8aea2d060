package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.optimizer.AdamSpec;
import dev.trainyard.spec.optimizer.AdamWSpec;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Keras's AdamW: {@code w -= rate * weightDecay * w}, for kernels only, then Adam with the gradient
 * that was computed before it.
 */
final class AdamWOptimizer implements Optimizer {

  private final AdamWSpec spec;
  private final Optimizer adam;

  AdamWOptimizer(AdamWSpec spec) {
    this.spec = spec;
    this.adam =
        new AdamOptimizer(
            new AdamSpec(spec.learningRate(), spec.beta1(), spec.beta2(), spec.epsilon()));
  }

  @Override
  public Op apply(
      Ops ops,
      Variables variables,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step) {
    if (spec.weightDecay() == 0) {
      return adam.apply(ops, variables, gradients, learningRate, step);
    }
    Operand<TFloat32> share =
        ops.math.mul(learningRate, ops.constant(spec.weightDecay().floatValue()));
    // Not before the gradients are there: until then the weight is read, and would be copied.
    Ops late = ops.withControlDependencies(List.<Op>copyOf(gradients));
    List<Operand<TFloat32>> decayed = new ArrayList<>();
    List<Variable<TFloat32>> weights = variables.weights();
    for (int i = 0; i < weights.size(); i++) {
      Variable<TFloat32> weight = weights.get(i);
      Operand<TFloat32> gradient = gradients.get(i);
      if (WeightDecay.appliesTo(weight)) {
        Op decay = late.assignSubVariableOp(weight.handle(), late.math.mul(weight.value(), share));
        gradient = ops.withControlDependencies(decay).identity(gradient);
      }
      decayed.add(gradient);
    }
    return adam.apply(ops, variables, decayed, learningRate, step);
  }
}
