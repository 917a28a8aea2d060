package dev.trainyard.trainer.network.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Which of a step's images a pass sees: all of them, or those of one replica, or of one of several
 * passes whose gradients add up. What is random about an image depends on its place in the step's
 * batch, not on how the batch was divided.
 *
 * @param first the place of the first image, a scalar; null when it is the whole batch
 * @param size images in this part
 * @param of images in the step's batch
 */
public record BatchPart(@Nullable Operand<TInt64> first, int size, int of) {

  /** All of a step's images. */
  public static BatchPart whole(int size) {
    return new BatchPart(null, size, size);
  }

  /** The part of number {@code index} when this one is divided evenly by {@code count}. */
  public BatchPart part(Ops ops, int index, int count) {
    return count == 1 ? this : part(ops, ops.constant((long) index), count);
  }

  /**
   * @param index scalar
   */
  public BatchPart part(Ops ops, Operand<TInt64> index, int count) {
    int parts = size / count;
    Operand<TInt64> offset = ops.math.mul(index, ops.constant((long) parts));
    return new BatchPart(first == null ? offset : ops.math.add(first, offset), parts, of);
  }

  public boolean isWhole() {
    return first == null;
  }

  /** The share of the step's batch, above 0, up to 1. */
  public float share() {
    return (float) size / of;
  }

  /**
   * This part's rows of what is random for the whole batch: uniform in [0, 1).
   *
   * @param values of the shape that is wanted: {@code [size, ...]}
   * @param seed {@code [2]}
   */
  Operand<TFloat32> uniform(Ops ops, Operand<TFloat32> values, Operand<TInt64> seed) {
    if (first == null) {
      return ops.random.statelessRandomUniform(ops.shape(values), seed);
    }
    long[] own = values.shape().asArray();
    long[] all = own.clone();
    all[0] = of;
    Operand<TFloat32> batch = ops.random.statelessRandomUniform(ops.constant(all), seed);
    List<Operand<TInt64>> begin =
        new ArrayList<>(Collections.nCopies(all.length, ops.constant(0L)));
    begin.set(0, first);
    return ops.slice(batch, ops.stack(begin), ops.constant(own));
  }
}
