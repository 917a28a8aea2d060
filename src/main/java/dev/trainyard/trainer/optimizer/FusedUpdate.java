package dev.trainyard.trainer.optimizer;

import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import dev.trainyard.trainer.graph.Variables;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** The update of one weight: what it needs besides the optimizer's settings. */
record FusedUpdate(
    Ops ops, Variables variables, Variable<TFloat32> weight, Operand<TFloat32> gradient) {

  /** One fused operation. */
  interface Rule {
    Op of(FusedUpdate update);
  }

  /** Updates every weight by {@code rule}. */
  static Op each(
      Ops ops, Variables variables, List<Operand<TFloat32>> gradients, FusedUpdate.Rule rule) {
    List<Op> updates = new ArrayList<>();
    List<Variable<TFloat32>> weights = variables.weights();
    for (int i = 0; i < weights.size(); i++) {
      updates.add(rule.of(new FusedUpdate(ops, variables, weights.get(i), gradients.get(i))));
    }
    return ops.withControlDependencies(updates).noOp();
  }

  Operand<? extends TType> handle() {
    return weight.handle();
  }

  /** A slot of the weight's shape that checkpoints hold. */
  Operand<? extends TType> slot(String name, double initial) {
    return slot(name, initial, Role.TRAINING);
  }

  /** A slot of zeros that the operation asks for, but that no later step looks at. */
  Operand<? extends TType> unusedSlot(String name) {
    return slot(name, 0, Role.TRANSIENT);
  }

  private Operand<? extends TType> slot(String name, double initial, Role role) {
    return variables
        .float32(
            weight.name() + "/" + name,
            weight.shape(),
            role,
            () -> ops.fill(ops.constant(weight.shape().asArray()), constant(initial)))
        .handle();
  }

  Operand<TFloat32> constant(double value) {
    return ops.constant((float) value);
  }
}
