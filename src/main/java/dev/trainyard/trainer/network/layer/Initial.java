package dev.trainyard.trainer.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Initial values of variables. */
public final class Initial {

  /** Standard deviation of a standard normal distribution that is cut off at ±2. */
  private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

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
    double fans = (double) receptiveField(shape) * (shape.get(rank - 2) + shape.get(rank - 1));
    float limit = (float) Math.sqrt(6 / fans);
    Operand<TFloat32> unit =
        ops.random.statelessRandomUniform(
            ops.constant(shape.asArray()), pass.initialSeed(variable));
    return ops.math.mul(ops.math.sub(unit, ops.constant(0.5f)), ops.constant(2 * limit));
  }

  /**
   * Normal, cut off at two deviations, with variance 1 / fanIn: what {@code
   * tf.variance_scaling_initializer()} gives, and the reference ResNet's convolutions with it.
   *
   * @param shape {@code [height, width, in, out]}
   */
  static Operand<TFloat32> fanInNormal(Pass pass, String variable, Shape shape) {
    double fanIn = (double) receptiveField(shape) * shape.get(shape.numDimensions() - 2);
    Ops ops = pass.ops();
    Operand<TFloat32> truncated =
        ops.random.statelessTruncatedNormal(
            ops.constant(shape.asArray()), pass.initialSeed(variable));
    float deviation = (float) (Math.sqrt(1 / fanIn) / TRUNCATED_DEVIATION);
    return ops.math.mul(truncated, ops.constant(deviation));
  }

  /** Normal with deviation 0.01: the reference ResNet's last layer. */
  public static Operand<TFloat32> smallNormal(Pass pass, String variable, Shape shape) {
    Ops ops = pass.ops();
    Operand<TFloat32> normal =
        ops.random.statelessRandomNormal(ops.constant(shape.asArray()), pass.initialSeed(variable));
    return ops.math.mul(normal, ops.constant(0.01f));
  }

  private static long receptiveField(Shape shape) {
    long size = 1;
    for (int i = 0; i < shape.numDimensions() - 2; i++) {
      size *= shape.get(i);
    }
    return size;
  }
}
