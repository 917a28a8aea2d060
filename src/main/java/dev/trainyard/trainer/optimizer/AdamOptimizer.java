package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.AdamSpec;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import dev.trainyard.trainer.graph.Variables;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba, 2015) as TensorFlow 1 has it: with {@code lr = rate * sqrt(1 - beta2^t) / (1
 * - beta1^t)}, a weight changes by {@code -lr * m / (sqrt(v) + epsilon)}.
 */
final class AdamOptimizer implements Optimizer {

  private final AdamSpec spec;

  AdamOptimizer(AdamSpec spec) {
    this.spec = spec;
  }

  @Override
  public Op apply(Ops ops, Variables variables, List<Operand<TFloat32>> gradients) {
    Operand<TFloat32> rate = ops.constant(spec.learningRate().floatValue());
    Operand<TFloat32> beta1 = ops.constant(spec.beta1().floatValue());
    Operand<TFloat32> beta2 = ops.constant(spec.beta2().floatValue());
    Operand<TFloat32> epsilon = ops.constant(spec.epsilon().floatValue());
    Variable<TFloat32> power1 =
        variables.float32("adam/beta1_power", Shape.scalar(), Role.TRAINING, () -> beta1);
    Variable<TFloat32> power2 =
        variables.float32("adam/beta2_power", Shape.scalar(), Role.TRAINING, () -> beta2);

    List<Op> updates = new ArrayList<>();
    List<Variable<TFloat32>> weights = variables.weights();
    for (int i = 0; i < weights.size(); i++) {
      Variable<TFloat32> weight = weights.get(i);
      updates.add(
          ops.train.resourceApplyAdam(
              weight.handle(),
              slot(ops, variables, weight, "m").handle(),
              slot(ops, variables, weight, "v").handle(),
              power1.value(),
              power2.value(),
              rate,
              beta1,
              beta2,
              epsilon,
              gradients.get(i)));
    }
    Ops after = ops.withControlDependencies(updates);
    Op next1 = after.assignVariableOp(power1.handle(), after.math.mul(power1.value(), beta1));
    Op next2 = after.assignVariableOp(power2.handle(), after.math.mul(power2.value(), beta2));
    return ops.withControlDependencies(List.of(next1, next2)).noOp();
  }

  private static Variable<TFloat32> slot(
      Ops ops, Variables variables, Variable<TFloat32> weight, String slot) {
    return variables.float32(
        weight.name() + "/adam_" + slot,
        weight.shape(),
        Role.TRAINING,
        () -> ops.zeros(ops.constant(weight.shape().asArray()), TFloat32.class));
  }
}
