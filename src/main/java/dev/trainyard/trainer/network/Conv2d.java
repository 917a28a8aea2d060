package dev.trainyard.trainer.network;

import dev.trainyard.trainer.graph.Variable.Role;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A convolution with stride 1 and same padding, plus bias: {@code [n, h, w, in]} to {@code [n, h,
 * w, filters]}.
 */
record Conv2d(String name, int kernelSize, int filters) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    Ops ops = pass.ops();
    Shape kernelShape = Shape.of(kernelSize, kernelSize, input.shape().get(3), filters);
    String kernelName = name + "/kernel";
    Operand<TFloat32> kernel =
        pass.variables()
            .float32(
                kernelName,
                kernelShape,
                Role.WEIGHT,
                () -> Initial.glorotUniform(pass, kernelName, kernelShape))
            .value();
    Shape biasShape = Shape.of(filters);
    Operand<TFloat32> bias =
        pass.variables()
            .float32(
                name + "/bias", biasShape, Role.WEIGHT, () -> Initial.filled(ops, biasShape, 0))
            .value();
    return ops.nn.biasAdd(ops.nn.conv2d(input, kernel, List.of(1L, 1L, 1L, 1L), "SAME"), bias);
  }
}
