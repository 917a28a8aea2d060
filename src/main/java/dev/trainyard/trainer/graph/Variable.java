package dev.trainyard.trainer.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of a graph.
 *
 * @param name its name in checkpoints, such as {@code conv1/kernel}
 * @param handle the resource, for operations that change it
 * @param value read once a step, before anything changes it; gradients are taken with respect to it
 * @param initialValue what it starts as
 * @param initializer assigns {@code initialValue}
 */
public record Variable<T extends TType>(
    String name,
    Class<T> type,
    Shape shape,
    Role role,
    Operand<? extends TType> handle,
    Operand<T> value,
    Operand<T> initialValue,
    Op initializer) {

  /** What a variable is for. */
  public enum Role {
    /** Learned by gradient descent. */
    WEIGHT,
    /** Part of the network, but computed from its activations, as batch norm's averages are. */
    STATISTIC,
    /** Only training needs it: optimizer slots and the global step. */
    TRAINING,
    /** Lives within a step, or between two looks at it: no checkpoint holds it. */
    TRANSIENT;

    /** Whether a trained network needs it. */
    boolean isOfNetwork() {
      return this == WEIGHT || this == STATISTIC;
    }
  }
}
