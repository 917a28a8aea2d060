package dev.trainyard.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** One layer: adds its operations to a pass, and its variables where they are not there yet. */
@FunctionalInterface
interface Layer {

  Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input);

  /** Rectified linear: max(x, 0). */
  static Layer relu() {
    return (pass, input) -> pass.ops().nn.relu(input);
  }

  /** {@code [n, h, w, c]} to {@code [n, h * w * c]}. */
  static Layer flatten() {
    return (pass, input) -> {
      Shape shape = input.shape();
      int features = Math.toIntExact(shape.get(1) * shape.get(2) * shape.get(3));
      return pass.ops().reshape(input, pass.ops().constant(new int[] {-1, features}));
    };
  }
}
