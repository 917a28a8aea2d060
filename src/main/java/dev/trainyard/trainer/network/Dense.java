package dev.trainyard.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Every output from every input, plus bias: {@code [n, in]} to {@code [n, units]}. */
record Dense(String name, int units) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    Ops ops = pass.ops();
    LayerWeights weights = LayerWeights.of(pass, name, Shape.of(input.shape().get(1), units));
    return ops.nn.biasAdd(ops.linalg.matMul(input, weights.kernel()), weights.bias());
  }
}
