package dev.trainyard.trainer.network;

import dev.trainyard.trainer.network.layer.Pass;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network whose images come with the batch last, {@code [height, width, 3, n]}, as TPUs like to
 * receive them: its first operation turns them back.
 */
record BatchLast(Network network) implements Network {

  @Override
  public Operand<TFloat32> logits(Pass pass, Operand<TFloat32> images) {
    return network.logits(
        pass, pass.ops().linalg.transpose(images, pass.ops().constant(new int[] {3, 0, 1, 2})));
  }

  @Override
  public int batchDimension() {
    return 3;
  }
}
