package dev.trainyard.trainer.network;

import dev.trainyard.trainer.network.layer.Pass;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A classifier of images. To add one, write a class like {@link LinearNetwork} and name it in
 * Networks.
 */
@FunctionalInterface
public interface Network {

  /**
   * Adds one pass through the network to the graph.
   *
   * @param images {@code [n, height, width, 3]} in [-1, 1], or as {@link #batchDimension} says;
   *     height and width are static
   * @return logits {@code [n, classes]}
   */
  Operand<TFloat32> logits(Pass pass, Operand<TFloat32> images);

  /** Which dimension of the images tells one from the other. */
  default int batchDimension() {
    return 0;
  }
}
