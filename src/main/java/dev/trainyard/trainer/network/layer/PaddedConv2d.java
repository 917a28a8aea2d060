package dev.trainyard.trainer.network.layer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A convolution without bias whose padding depends on the kernel alone: {@code [n, h, w, in]} to
 * {@code [n, ceil(h / stride), ceil(w / stride), filters]}. Same padding, with a stride, would
 * depend on the size of the image too, and weights learned at one size would not fit another.
 */
public record PaddedConv2d(String name, int kernelSize, int filters, int stride) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    Ops ops = pass.ops();
    Shape shape = Shape.of(kernelSize, kernelSize, input.shape().get(3), filters);
    Operand<TFloat32> kernel = LayerWeights.kernel(pass, name, shape, Initial::fanInNormal);
    List<Long> strides = List.of(1L, (long) stride, (long) stride, 1L);
    if (stride == 1 || kernelSize == 1) {
      return ops.nn.conv2d(input, kernel, strides, "SAME");
    }
    return ops.nn.conv2d(padded(ops, input), kernel, strides, "VALID");
  }

  private Operand<TFloat32> padded(Ops ops, Operand<TFloat32> input) {
    int before = (kernelSize - 1) / 2;
    int after = kernelSize - 1 - before;
    int[][] paddings = {{0, 0}, {before, after}, {before, after}, {0, 0}};
    return ops.scope()
        .opBuilder("Pad", "Pad")
        .addInput(input.asOutput())
        .addInput(ops.constant(paddings).asOutput())
        .build()
        .output(0);
  }
}
