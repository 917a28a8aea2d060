package dev.trainyard.trainer.network;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.ModelSpec;

/** Makes the network that a spec describes. */
public final class Networks {

  private Networks() {}

  /**
   * @param classes how many there are to tell apart
   */
  public static Network of(ModelSpec spec, int classes) {
    if (spec instanceof CnnSpec cnn) {
      return new CnnNetwork(cnn, classes);
    }
    throw new IllegalArgumentException("No network for a model of type " + spec.type());
  }
}
