package dev.trainyard.trainer.network.layer;

import dev.trainyard.trainer.graph.Variable.Role;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * The weights that most layers have. Kernels, and nothing else, are named {@code .../kernel}:
 * weight decay tells by that which weights to leave alone, namely biases ({@code .../bias}) and
 * batch normalization's ({@code .../gamma}, {@code .../beta}).
 */
final class LayerWeights {

  private LayerWeights() {}

  /**
   * @param layer the layer's path, such as {@code block1_unit1/conv1}
   */
  static Operand<TFloat32> kernel(Pass pass, String layer, Shape shape, Initializer initializer) {
    String name = layer + "/kernel";
    return pass.variables()
        .float32(name, shape, Role.WEIGHT, () -> initializer.values(pass, name, shape))
        .value();
  }

  /**
   * Zeros at first.
   *
   * @param outputs of the layer, each with a bias
   */
  static Operand<TFloat32> bias(Pass pass, String layer, long outputs) {
    Shape shape = Shape.of(outputs);
    return pass.variables()
        .float32(layer + "/bias", shape, Role.WEIGHT, () -> Initial.filled(pass.ops(), shape, 0))
        .value();
  }
}
