package dev.trainyard.trainer.network;

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
    LayerWeights weights =
        LayerWeights.of(
            pass, name, Shape.of(kernelSize, kernelSize, input.shape().get(3), filters));
    return ops.nn.biasAdd(
        ops.nn.conv2d(input, weights.kernel(), List.of(1L, 1L, 1L, 1L), "SAME"), weights.bias());
  }
}
