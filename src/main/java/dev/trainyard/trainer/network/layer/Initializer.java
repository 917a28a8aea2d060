package dev.trainyard.trainer.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** How a variable starts. */
@FunctionalInterface
public interface Initializer {

  /**
   * @param variable whose name, with the pass's seed, decides what is random
   */
  Operand<TFloat32> values(Pass pass, String variable, Shape shape);
}
