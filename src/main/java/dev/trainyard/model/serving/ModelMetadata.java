package dev.trainyard.model.serving;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** TensorFlow Serving's GetModelMetadataResponse in its JSON form. */
record ModelMetadata(@JsonProperty("model_spec") Spec spec, Metadata metadata) {

  static ModelMetadata of(ModelVersionView version) {
    Map<String, Signature> signatures = new TreeMap<>();
    version.signatures().forEach((name, signature) -> signatures.put(name, of(signature)));
    return new ModelMetadata(
        new Spec(version.name(), "", Integer.toString(version.version())),
        new Metadata(
            new Signatures("type.googleapis.com/tensorflow.serving.SignatureDefMap", signatures)));
  }

  private static Signature of(SignatureInfo signature) {
    return new Signature(
        of(signature.inputs()), of(signature.outputs()), signature.methodName(), Map.of());
  }

  private static Map<String, Tensor> of(List<TensorInfo> tensors) {
    Map<String, Tensor> named = new TreeMap<>();
    tensors.forEach(tensor -> named.put(tensor.name(), of(tensor)));
    return named;
  }

  private static Tensor of(TensorInfo tensor) {
    List<Long> shape = tensor.shape();
    return new Tensor(
        "DT_" + tensor.dtype(),
        new Shape(
            shape == null
                ? List.of()
                : shape.stream().map(side -> new Side(side.toString(), "")).toList(),
            shape == null),
        "");
  }

  record Spec(String name, @JsonProperty("signature_name") String signature, String version) {}

  record Metadata(@JsonProperty("signature_def") Signatures signatures) {}

  record Signatures(
      @JsonProperty("@type") String type,
      @JsonProperty("signature_def") Map<String, Signature> signatures) {}

  record Signature(
      Map<String, Tensor> inputs,
      Map<String, Tensor> outputs,
      @JsonProperty("method_name") String method,
      Map<String, Object> defaults) {}

  /**
   * @param name in the graph, which only the model itself knows
   */
  record Tensor(String dtype, @JsonProperty("tensor_shape") Shape shape, String name) {}

  record Shape(
      @JsonProperty("dim") List<Side> sides, @JsonProperty("unknown_rank") boolean unknownRank) {}

  record Side(String size, String name) {}
}
