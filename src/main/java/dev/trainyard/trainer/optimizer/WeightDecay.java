package dev.trainyard.trainer.optimizer;

import dev.trainyard.trainer.graph.Variable;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The L2 penalty {@code decay * 0.5 * sum(w^2)} of the ResNet recipe, as what it adds to the
 * gradients: {@code decay * w}.
 */
final class WeightDecay {

  private static final String KERNEL = "/kernel";

  private WeightDecay() {}

  /** Kernels decay; biases and what batch normalization learns do not. */
  static boolean appliesTo(Variable<?> weight) {
    return weight.name().endsWith(KERNEL);
  }

  static List<Operand<TFloat32>> added(
      Ops ops, List<Variable<TFloat32>> weights, List<Operand<TFloat32>> gradients, double decay) {
    List<Operand<TFloat32>> decayed = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Operand<TFloat32> gradient = gradients.get(i);
      decayed.add(
          appliesTo(weights.get(i))
              ? ops.math.add(
                  gradient, ops.math.mul(weights.get(i).value(), ops.constant((float) decay)))
              : gradient);
    }
    return decayed;
  }
}
