package dev.trainyard.model.serving;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.model.tensor.Strings;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.trainer.protocol.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is asked by classify and regress.
 *
 * @param signatureName empty when the request names none
 */
record ExampleRequest(String signatureName, List<Map<String, Feature>> examples) {

  /** Serialized, as a signature of TensorFlow's estimators takes them. */
  TensorData serialized(String input) {
    return Strings.tensor(
        input, examples.stream().map(example -> new Example(example).toBytes()).toList());
  }

  /** One feature of each, for a signature that takes strings by that name. */
  TensorData feature(String input) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      Map<String, Feature> example = examples.get(i);
      String path = "examples[" + i + "]";
      for (String name : example.keySet()) {
        if (!name.equals(input)) {
          throw invalid(path + "." + name, "is not known; known is " + input);
        }
      }
      if (!(example.get(input) instanceof Feature.Bytes bytes) || bytes.values().size() != 1) {
        throw invalid(path + "." + input, "must be one {\"b64\": \"...\"}");
      }
      values.add(bytes.values().get(0));
    }
    return Strings.tensor(input, values);
  }
}
