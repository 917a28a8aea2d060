package dev.trainyard.trainer.optimizer;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The joint L2 norm of all gradients, and the scaling of them to a largest one. */
final class GlobalNorm {

  private GlobalNorm() {}

  /** A scalar: the root of the sum of all squares. */
  static Operand<TFloat32> of(Ops ops, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> halves =
        gradients.stream().<Operand<TFloat32>>map(ops.nn::l2Loss).toList();
    return ops.math.sqrt(ops.math.mul(ops.math.addN(halves), ops.constant(2f)));
  }

  /**
   * As {@code tf.clip_by_global_norm}: {@code g * limit * min(1 / norm, 1 / limit)}. When the norm
   * is not finite, neither is any gradient afterwards: an overflow shows at once, instead of
   * turning all other gradients into 0.
   */
  static List<Operand<TFloat32>> clipped(Ops ops, List<Operand<TFloat32>> gradients, double limit) {
    Operand<TFloat32> norm = of(ops, gradients);
    Operand<TFloat32> most = ops.constant((float) limit);
    Operand<TFloat32> scale =
        ops.math.mul(most, ops.math.minimum(ops.math.reciprocal(norm), ops.math.reciprocal(most)));
    Operand<TFloat32> zeroOrNan = ops.math.sub(norm, norm);
    Operand<TFloat32> factor = ops.math.add(scale, zeroOrNan);
    return gradients.stream()
        .<Operand<TFloat32>>map(gradient -> ops.math.mul(gradient, factor))
        .toList();
  }
}
