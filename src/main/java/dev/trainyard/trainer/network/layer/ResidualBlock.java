package dev.trainyard.trainer.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * ReLU of what some layers make of the input, plus the input itself.
 *
 * @param residual its last batch normalization starts at gamma 0, so that a new network's blocks
 *     pass their input on
 * @param shortcut brings the input to the residual's shape; an empty sequence where it has it
 */
public record ResidualBlock(Layer residual, Layer shortcut) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    Operand<TFloat32> sum =
        pass.ops().math.add(residual.apply(pass, input), shortcut.apply(pass, input));
    return pass.ops().nn.relu(sum);
  }
}
