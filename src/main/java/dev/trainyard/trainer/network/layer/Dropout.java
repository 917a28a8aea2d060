package dev.trainyard.trainer.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Inverted dropout: in training each value becomes 0 with probability {@code rate}, and the others
 * grow by 1 / (1 - rate), so that inference leaves everything as it is.
 */
public record Dropout(String name, double rate) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    if (!pass.isTraining() || rate == 0) {
      return input;
    }
    Ops ops = pass.ops();
    Operand<TFloat32> random = pass.uniform(name, input);
    Operand<TFloat32> kept =
        ops.dtypes.cast(ops.math.greaterEqual(random, ops.constant((float) rate)), TFloat32.class);
    return ops.math.mul(ops.math.mul(input, ops.constant((float) (1 / (1 - rate)))), kept);
  }
}
