package dev.trainyard.trainer.input.image;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Numbers that depend on a seed and a record's number, and on nothing else. */
final class RandomNumbers {

  private RandomNumbers() {}

  /** {@code [count]} in [0, 1). */
  static Operand<TFloat32> uniform(Ops ops, long seed, Operand<TInt64> number, int count) {
    return ops.random.statelessRandomUniform(
        ops.constant(new int[] {count}), seed(ops, seed, number));
  }

  /** {@code [2]}: what stateless operations take. */
  static Operand<TInt64> seed(Ops ops, long seed, Operand<TInt64> number) {
    return ops.stack(List.of(ops.constant(seed), number));
  }
}
