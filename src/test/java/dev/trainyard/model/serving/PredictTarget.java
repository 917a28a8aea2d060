package dev.trainyard.model.serving;

import dev.trainyard.fuzz.FuzzTarget;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.List;
import java.util.Map;

/** Reads what is asked in TensorFlow Serving's dialect, in all three forms. */
public final class PredictTarget implements FuzzTarget {

  private static final Map<String, SignatureInfo> SIGNATURES =
      Map.of(
          "serving_default",
          signature(new TensorInfo("x", "FLOAT", List.of(-1L, 2L))),
          "bytes",
          signature(new TensorInfo("b64", "STRING", List.of(-1L))),
          "two",
          signature(
              new TensorInfo("image_bytes", "STRING", null),
              new TensorInfo("n", "INT32", List.of(-1L, -1L)),
              new TensorInfo("h", "HALF", null)));

  private static SignatureInfo signature(TensorInfo... inputs) {
    return new SignatureInfo(
        "predict", List.of(inputs), List.of(new TensorInfo("y", "FLOAT", List.of(-1L))));
  }

  @Override
  public void take(byte[] bytes) {
    try {
      PredictRequestReader.read(bytes, SIGNATURES, 16, 1 << 20);
    } catch (ProblemException refused) {
      // As it should be.
    }
    try {
      ExamplesReader.read(bytes, 16);
    } catch (ProblemException refused) {
      // Likewise.
    }
  }
}
