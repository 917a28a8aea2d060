package dev.trainyard.model.openinference;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.tensor.Signatures;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocol's metadata of a model: what its usual signature takes and gives. */
record ModelDescription(
    String name,
    List<String> versions,
    String platform,
    List<Tensor> inputs,
    List<Tensor> outputs) {

  static ModelDescription of(ModelVersionView version, List<ModelVersionView> versions) {
    SignatureInfo signature = version.signatures().get(Signatures.DEFAULT);
    return new ModelDescription(
        version.name(),
        versions.stream().map(it -> Integer.toString(it.version())).toList(),
        "tensorflow_savedmodel",
        signature == null ? List.of() : of(signature.inputs()),
        signature == null ? List.of() : of(signature.outputs()));
  }

  private static List<Tensor> of(List<TensorInfo> tensors) {
    return tensors.stream()
        .map(it -> new Tensor(it.name(), Datatypes.of(it.dtype()), it.shape()))
        .toList();
  }

  /**
   * @param shape -1 for what is not fixed; left out when not even the number of sides is
   */
  record Tensor(
      String name,
      String datatype,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Long> shape) {}
}
