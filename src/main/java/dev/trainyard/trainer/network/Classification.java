package dev.trainyard.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * How well logits match labels.
 *
 * @param loss scalar: the mean softmax cross-entropy, in nats
 * @param lossSum scalar: its sum over the batch
 * @param correct scalar: how many have the right class first
 * @param examples scalar: how many there are
 */
public record Classification(
    Operand<TFloat32> loss,
    Operand<TFloat32> lossSum,
    Operand<TInt64> correct,
    Operand<TInt64> examples) {

  /**
   * @param logits {@code [n, classes]}, classes static
   * @param labels {@code [n]} from 0
   */
  public static Classification of(Ops ops, Operand<TFloat32> logits, Operand<TInt32> labels) {
    return of(ops, logits, labels, 0);
  }

  /**
   * For training: as Keras's label smoothing, the right class has the probability {@code 1 -
   * smoothing + smoothing / classes}, and each other one {@code smoothing / classes}.
   *
   * @param logits {@code [n, classes]}, classes static
   * @param labels {@code [n]} from 0
   * @param smoothing from 0, where the right class has it all, to below 1
   */
  public static Classification of(
      Ops ops, Operand<TFloat32> logits, Operand<TInt32> labels, double smoothing) {
    int classes = Math.toIntExact(logits.shape().get(1));
    // The sparse variant takes labels as they are, but has no gradient outside Python.
    Operand<TFloat32> oneHot =
        ops.oneHot(
            labels,
            ops.constant(classes),
            ops.constant((float) (1 - smoothing + smoothing / classes)),
            ops.constant((float) (smoothing / classes)));
    Operand<TFloat32> losses = ops.nn.softmaxCrossEntropyWithLogits(logits, oneHot).loss();
    Operand<TInt32> first = ops.math.argMax(logits, ops.constant(1), TInt32.class);
    Operand<TInt64> hits = ops.dtypes.cast(ops.math.equal(first, labels), TInt64.class);
    return new Classification(
        ops.math.mean(losses, ops.constant(0)),
        ops.sum(losses, ops.constant(0)),
        ops.sum(hits, ops.constant(0)),
        ops.size(labels, TInt64.class));
  }
}
