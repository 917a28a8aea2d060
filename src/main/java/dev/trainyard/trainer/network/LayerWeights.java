package dev.trainyard.trainer.network;

import dev.trainyard.trainer.graph.Variable.Role;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The weights that most layers have: a kernel, Glorot-uniform at first, and a bias of zeros. */
record LayerWeights(Operand<TFloat32> kernel, Operand<TFloat32> bias) {

  /**
   * @param name of the layer
   * @param shape of the kernel; the last dimension is the layer's outputs, each with a bias
   */
  static LayerWeights of(Pass pass, String name, Shape shape) {
    String kernel = name + "/kernel";
    Shape outputs = Shape.of(shape.get(shape.numDimensions() - 1));
    return new LayerWeights(
        pass.variables()
            .float32(kernel, shape, Role.WEIGHT, () -> Initial.glorotUniform(pass, kernel, shape))
            .value(),
        pass.variables()
            .float32(
                name + "/bias", outputs, Role.WEIGHT, () -> Initial.filled(pass.ops(), outputs, 0))
            .value());
  }
}
