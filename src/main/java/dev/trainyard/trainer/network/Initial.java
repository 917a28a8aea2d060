package dev.trainyard.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Initial values of variables. */
final class Initial {

  private Initial() {}

  static Operand<TFloat32> filled(Ops ops, Shape shape, float value) {
    return ops.fill(ops.constant(shape.asArray()), ops.constant(value));
  }

  /**
   * Uniform in ±sqrt(6 / (fanIn + fanOut)) (Glorot and Bengio, 2010), Keras's default for kernels.
   *
   * @param shape {@code [..., in, out]}; what stands before counts towards both fans
   */
  static Operand<TFloat32> glorotUniform(Pass pass, String variable, Shape shape) {
    Ops ops = pass.ops();
    int rank = shape.numDimensions();
    long receptiveField = 1;
    for (int i = 0; i < rank - 2; i++) {
      receptiveField *= shape.get(i);
    }
    double fans = (double) receptiveField * (shape.get(rank - 2) + shape.get(rank - 1));
    float limit = (float) Math.sqrt(6 / fans);
    Operand<TFloat32> unit =
        ops.random.statelessRandomUniform(
            ops.constant(shape.asArray()), pass.initialSeed(variable));
    return ops.math.mul(ops.math.sub(unit, ops.constant(0.5f)), ops.constant(2 * limit));
  }
}
