package dev.trainyard.model.tensor;

import static dev.trainyard.model.tensor.TensorJson.invalid;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a model's signatures say of a question. */
public final class Signatures {

  /** What is asked when nothing else is named. */
  public static final String DEFAULT = "serving_default";

  private Signatures() {}

  /**
   * The signature, of which all inputs and outputs are of types that are served.
   *
   * @param field that named it
   */
  public static SignatureInfo named(
      Map<String, SignatureInfo> signatures, String name, String field) {
    SignatureInfo signature = signatures.get(name);
    if (signature == null) {
      throw invalid(
          field,
          "'" + name + "' cannot be run; the model has " + new TreeSet<>(signatures.keySet()));
    }
    Stream.concat(signature.inputs().stream(), signature.outputs().stream())
        .forEach(
            tensor -> {
              if (TensorType.named(tensor.dtype()).isEmpty()) {
                throw invalid(
                    field,
                    "'%s' cannot be run: '%s' is of type %s, of which TensorFlow Java has no tensors; cast it in the model's signature"
                        .formatted(name, tensor.name(), tensor.dtype()));
              }
            });
    return signature;
  }

  public static Optional<TensorInfo> input(SignatureInfo signature, String name) {
    return signature.inputs().stream().filter(input -> input.name().equals(name)).findFirst();
  }

  public static String inputNames(SignatureInfo signature) {
    return signature.inputs().stream().map(TensorInfo::name).collect(Collectors.joining(", "));
  }

  /** The type of an input's elements. */
  public static TensorType typeOf(TensorInfo input) {
    return TensorType.named(input.dtype()).orElseThrow();
  }

  /** Refuses a tensor whose shape the model does not take. */
  public static void checkShape(TensorInfo input, TensorData tensor, String path) {
    List<Long> wanted = input.shape();
    if (wanted == null) {
      return; // it takes any
    }
    boolean fits = wanted.size() == tensor.shape().size();
    for (int i = 0; fits && i < wanted.size(); i++) {
      fits = wanted.get(i) < 0 || wanted.get(i).equals(tensor.shape().get(i));
    }
    if (!fits) {
      throw invalid(
          path,
          "has the shape %s; the model takes %s, where -1 is any"
              .formatted(tensor.shape(), wanted));
    }
  }
}
