package dev.trainyard.trainer.evaluation;

import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What a network makes of a batch of {@code n} images, and what is right.
 *
 * @param losses {@code [n]}: softmax cross-entropy in nats, of the labels as they are: smoothed
 *     labels and weight decay are means of training, and would not compare between jobs
 * @param predicted {@code [n]}: the class with the highest logit, the first of equals
 * @param inTopFive {@code [n]}: whether fewer than five classes have a higher logit than the right
 *     one, as Keras's {@code SparseTopKCategoricalAccuracy}
 * @param labels {@code [n]}: the right class
 */
public record Predictions(
    Operand<TFloat32> losses,
    Operand<TInt32> predicted,
    Operand<TBool> inTopFive,
    Operand<TInt32> labels) {

  /**
   * @param logits {@code [n, classes]}
   * @param labels {@code [n]} from 0
   */
  public static Predictions of(Ops ops, Operand<TFloat32> logits, Operand<TInt32> labels) {
    return new Predictions(
        ops.nn.sparseSoftmaxCrossEntropyWithLogits(logits, labels).loss(),
        ops.math.argMax(logits, ops.constant(1), TInt32.class),
        ops.nn.inTopK(logits, labels, ops.constant(5)).precision(),
        labels);
  }

  /** Has {@code runner} fetch what {@link Scoring#add} reads, and nothing before or after it. */
  public Session.Runner fetchedBy(Session.Runner runner) {
    return runner.fetch(losses).fetch(predicted).fetch(inTopFive).fetch(labels);
  }
}
