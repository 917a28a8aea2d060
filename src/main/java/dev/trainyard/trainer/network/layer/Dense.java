package dev.trainyard.trainer.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Every output from every input, plus bias: {@code [n, in]} to {@code [n, units]}. */
public record Dense(String name, int units, Initializer initializer) implements Layer {

  public Dense(String name, int units) {
    this(name, units, Initial::glorotUniform);
  }

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    Ops ops = pass.ops();
    Shape shape = Shape.of(input.shape().get(1), units);
    Operand<TFloat32> kernel = LayerWeights.kernel(pass, name, shape, initializer);
    return ops.nn.biasAdd(ops.linalg.matMul(input, kernel), LayerWeights.bias(pass, name, units));
  }
}
