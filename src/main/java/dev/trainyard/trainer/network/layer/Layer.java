package dev.trainyard.trainer.network.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** One layer: adds its operations to a pass, and its variables where they are not there yet. */
@FunctionalInterface
public interface Layer {

  Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input);

  /** One layer after the other; nothing changes the input where there are none. */
  static Layer sequence(List<Layer> layers) {
    List<Layer> all = List.copyOf(layers);
    return (pass, input) -> {
      Operand<TFloat32> values = input;
      for (Layer layer : all) {
        values = layer.apply(pass, values);
      }
      return values;
    };
  }

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

  /** {@code [n, h, w, c]} to {@code [n, c]}: each channel's mean. */
  static Layer globalAveragePool() {
    return (pass, input) ->
        pass.ops().math.mean(input, pass.ops().constant(new int[] {1, 2}), Mean.keepDims(false));
  }
}
