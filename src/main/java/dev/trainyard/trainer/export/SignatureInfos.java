package dev.trainyard.trainer.export;

import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Signature;

/** Signatures as the protocol tells of them. */
final class SignatureInfos {

  private SignatureInfos() {}

  /** By name, in the names' order. */
  static Map<String, SignatureInfo> of(List<Signature> signatures) {
    Map<String, SignatureInfo> infos = new TreeMap<>();
    for (Signature signature : signatures) {
      infos.put(
          signature.key(),
          new SignatureInfo(
              signature.methodName(),
              tensors(signature.getInputs()),
              tensors(signature.getOutputs())));
    }
    return infos;
  }

  private static List<TensorInfo> tensors(Map<String, Signature.TensorDescription> tensors) {
    return new TreeMap<>(tensors)
        .entrySet().stream().map(entry -> tensor(entry.getKey(), entry.getValue())).toList();
  }

  private static TensorInfo tensor(String name, Signature.TensorDescription tensor) {
    String dtype = tensor.dataType.name().replaceFirst("^DT_", "");
    List<Long> shape = Arrays.stream(tensor.shape.asArray()).boxed().toList();
    return new TensorInfo(name, dtype, shape);
  }
}
