package dev.trainyard.trainer.predict;

import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Tensor;

/** A SavedModel, loaded. Owns its native memory until closed. */
public final class SavedModelPredictor implements AutoCloseable {

  private final SavedModelBundle bundle;
  private final Map<String, SignatureInfo> signatures;
  private final Map<String, SessionFunction> functions = new HashMap<>();

  private SavedModelPredictor(SavedModelBundle bundle) {
    this.bundle = bundle;
    this.signatures = SignatureInfos.of(bundle.signatures());
    signatures.keySet().forEach(key -> functions.put(key, bundle.function(key)));
  }

  public static SavedModelPredictor load(Path folder) {
    SavedModelBundle bundle = SavedModelBundle.load(folder.toString());
    try {
      return new SavedModelPredictor(bundle);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  /** What it takes and gives, by signature name. */
  public Map<String, SignatureInfo> signatures() {
    return signatures;
  }

  /**
   * Runs a signature.
   *
   * @param inputs by the signature's names
   * @return its outputs, in the order of their names
   * @throws RuntimeException of TensorFlow, when it does not take them
   */
  public List<TensorData> run(String signature, List<TensorData> inputs) {
    SessionFunction function = functions.get(signature);
    if (function == null) {
      throw new IllegalArgumentException("the model has no signature " + signature);
    }
    Map<String, Tensor> tensors = new HashMap<>();
    try {
      inputs.forEach(input -> tensors.put(input.name(), Tensors.of(input)));
      try (Result result = function.call(tensors)) {
        List<TensorData> outputs = new ArrayList<>();
        for (String output : new TreeSet<>(function.signature().outputNames())) {
          outputs.add(Tensors.data(output, result.get(output).orElseThrow()));
        }
        return outputs;
      }
    } finally {
      tensors.values().forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    bundle.close();
  }
}
