package dev.trainyard.model.openinference;

import dev.trainyard.trainer.protocol.TensorData;
import java.util.List;

/**
 * What is asked of a model.
 *
 * @param id empty when there is none
 * @param signature empty when {@code parameters.signature_name} is not given
 * @param binary whether outputs come in binary where they do not say otherwise
 * @param outputs that are wanted; empty for all
 */
record InferRequest(
    String id,
    String signature,
    boolean binary,
    List<TensorData> inputs,
    List<WantedOutput> outputs) {

  /**
   * @param binary whether it comes in binary
   * @param classes how many of the best it is reduced to; 0 for the output itself
   */
  record WantedOutput(String name, boolean binary, int classes) {}
}
