package dev.trainyard.trainer.network;

import dev.trainyard.trainer.graph.Variable.Role;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Every output from every input, plus bias: {@code [n, in]} to {@code [n, units]}. */
record Dense(String name, int units) implements Layer {

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    Ops ops = pass.ops();
    Shape kernelShape = Shape.of(input.shape().get(1), units);
    String kernelName = name + "/kernel";
    Operand<TFloat32> kernel =
        pass.variables()
            .float32(
                kernelName,
                kernelShape,
                Role.WEIGHT,
                () -> Initial.glorotUniform(pass, kernelName, kernelShape))
            .value();
    Shape biasShape = Shape.of(units);
    Operand<TFloat32> bias =
        pass.variables()
            .float32(
                name + "/bias", biasShape, Role.WEIGHT, () -> Initial.filled(ops, biasShape, 0))
            .value();
    return ops.nn.biasAdd(ops.linalg.matMul(input, kernel), bias);
  }
}
