package dev.trainyard.trainer.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Where a training step in bfloat16 goes on in float32. */
public final class Float32 {

  private Float32() {}

  /**
   * The same value, in the same memory, behind an operation that TensorFlow's automatic mixed
   * precision does not know. It computes sums and products that follow a matrix product in bfloat16
   * too, as they do in a forward pass. Of gradients that would lose what is small beside them: a
   * weight's decay, or another part of the batch.
   */
  public static Operand<TFloat32> from(Ops ops, Operand<TFloat32> value) {
    return ops.placeholderWithDefault(value, value.shape());
  }
}
