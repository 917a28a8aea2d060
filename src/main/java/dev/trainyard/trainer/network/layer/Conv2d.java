package dev.trainyard.trainer.network.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * A convolution with stride 1 and same padding: {@code [n, h, w, in]} to {@code [n, h, w,
 * filters]}.
 */
public record Conv2d(String name, int kernelSize, int filters) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    Shape shape = Shape.of(kernelSize, kernelSize, input.shape().get(3), filters);
    Operand<TFloat32> kernel = LayerWeights.kernel(pass, name, shape, Initial::glorotUniform);
    return pass.ops()
        .nn
        .biasAdd(
            pass.ops().nn.conv2d(input, kernel, List.of(1L, 1L, 1L, 1L), "SAME"),
            LayerWeights.bias(pass, name, filters));
  }
}
