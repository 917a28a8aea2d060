package dev.trainyard.trainer.network;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.DnnSpec;
import dev.trainyard.spec.InputSpec;
import dev.trainyard.spec.LinearSpec;
import dev.trainyard.spec.ModelSpec;
import dev.trainyard.spec.ResNetSpec;

/** Makes the network that a spec describes. */
public final class Networks {

  private Networks() {}

  /**
   * The network for images {@code [n, height, width, 3]}, as serving has them.
   *
   * @param classes how many there are to tell apart
   */
  public static Network of(ModelSpec spec, int classes) {
    if (spec instanceof CnnSpec cnn) {
      return new CnnNetwork(cnn, classes);
    }
    if (spec instanceof LinearSpec) {
      return new LinearNetwork(classes);
    }
    if (spec instanceof DnnSpec dnn) {
      return new DnnNetwork(dnn, classes);
    }
    if (spec instanceof ResNetSpec resnet) {
      return new ResNetNetwork(resnet, classes);
    }
    throw new IllegalArgumentException("No network for a model of type " + spec.type());
  }

  /**
   * The same network for images as the input function of {@code input} gives them: {@code [height,
   * width, 3, n]} when it transposes.
   */
  public static Network of(ModelSpec spec, InputSpec input, int classes) {
    Network network = of(spec, classes);
    return input.transpose() ? new BatchLast(network) : network;
  }
}
