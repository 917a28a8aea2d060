package dev.trainyard.trainer.predict;

import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Signature;

/** Signatures as the protocol tells of them. */
final class SignatureInfos {

  /** TensorFlow's own, such as the one that initialises a model when it is loaded. */
  private static final String INTERNAL = "__";

  private SignatureInfos() {}

  /** By name, in the names' order. */
  static Map<String, SignatureInfo> of(List<Signature> signatures) {
    Map<String, SignatureInfo> infos = new TreeMap<>();
    for (Signature signature : signatures) {
      if (!signature.key().startsWith(INTERNAL)) {
        infos.put(
            signature.key(),
            new SignatureInfo(
                signature.methodName(),
                tensors(signature.getInputs()),
                tensors(signature.getOutputs())));
      }
    }
    return infos;
  }

  private static List<TensorInfo> tensors(Map<String, Signature.TensorDescription> tensors) {
    return new TreeMap<>(tensors)
        .entrySet().stream().map(entry -> tensor(entry.getKey(), entry.getValue())).toList();
  }

  private static TensorInfo tensor(String name, Signature.TensorDescription tensor) {
    long[] sides = tensor.shape.asArray();
    List<Long> shape = sides == null ? null : Arrays.stream(sides).boxed().toList();
    return new TensorInfo(name, Tensors.name(tensor.dataType), shape);
  }
}
