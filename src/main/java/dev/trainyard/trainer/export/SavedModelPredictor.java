package dev.trainyard.trainer.export;

import dev.trainyard.trainer.protocol.PredictorMessage.Prediction;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/** An exported model, loaded. Owns its native memory until closed. */
final class SavedModelPredictor implements AutoCloseable {

  private final SavedModelBundle bundle;
  private final SessionFunction serve;

  private SavedModelPredictor(SavedModelBundle bundle) {
    this.bundle = bundle;
    this.serve = bundle.function(Signature.DEFAULT_KEY);
  }

  /**
   * @param folder of a SavedModel with the signature {@code serving_default} that we export
   */
  static SavedModelPredictor load(Path folder) {
    SavedModelBundle bundle = SavedModelBundle.load(folder.toString());
    try {
      return new SavedModelPredictor(bundle);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  Map<String, SignatureInfo> signatures() {
    return SignatureInfos.of(bundle.signatures());
  }

  /**
   * Classifies a batch.
   *
   * @param images encoded JPEGs or PNGs, at least one
   * @return one for each image, in order
   * @throws org.tensorflow.exceptions.TFInvalidArgumentException when one of them cannot be decoded
   */
  List<Prediction> predict(List<byte[]> images) {
    NdArray<byte[]> batch = NdArrays.ofObjects(byte[].class, Shape.of(images.size()));
    for (int i = 0; i < images.size(); i++) {
      batch.setObject(images.get(i), i);
    }
    try (TString encoded = TString.tensorOfBytes(batch);
        Result result = serve.call(Map.of(InferenceGraph.IMAGES, encoded))) {
      NdArray<byte[]> names = ((TString) output(result, InferenceGraph.CLASS)).asBytes();
      TInt32 ids = (TInt32) output(result, InferenceGraph.CLASS_ID);
      TFloat32 probabilities = (TFloat32) output(result, InferenceGraph.PROBABILITIES);
      List<Prediction> predictions = new ArrayList<>();
      for (int i = 0; i < images.size(); i++) {
        predictions.add(
            new Prediction(
                new String(names.getObject(i), StandardCharsets.UTF_8),
                ids.getInt(i),
                row(probabilities, i)));
      }
      return predictions;
    }
  }

  private static Tensor output(Result result, String name) {
    return result
        .get(name)
        .orElseThrow(() -> new IllegalStateException("The model has no output " + name));
  }

  private static List<Float> row(TFloat32 probabilities, long index) {
    List<Float> row = new ArrayList<>();
    for (long i = 0; i < probabilities.shape().get(1); i++) {
      row.add(probabilities.getFloat(index, i));
    }
    return row;
  }

  @Override
  public void close() {
    bundle.close();
  }
}
