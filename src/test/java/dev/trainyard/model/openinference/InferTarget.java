package dev.trainyard.model.openinference;

import dev.trainyard.fuzz.FuzzTarget;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.List;
import java.util.Map;

/** Reads what is asked in the Open Inference Protocol; behind the first NUL are its bytes. */
public final class InferTarget implements FuzzTarget {

  private static final Map<String, SignatureInfo> SIGNATURES =
      Map.of(
          "serving_default",
          new SignatureInfo(
              "predict",
              List.of(
                  new TensorInfo("x", "FLOAT", List.of(-1L, 2L)),
                  new TensorInfo("s", "STRING", null)),
              List.of(new TensorInfo("y", "FLOAT", List.of(-1L)))));

  @Override
  public void take(byte[] bytes) {
    int json = 0;
    while (json < bytes.length && bytes[json] != 0) {
      json++;
    }
    byte[] body = bytes.clone();
    if (json < bytes.length) {
      System.arraycopy(bytes, json + 1, body, json, bytes.length - json - 1);
      body = java.util.Arrays.copyOf(body, bytes.length - 1);
    }
    try {
      InferRequestReader.read(body, json, SIGNATURES, 1 << 20);
    } catch (ProblemException refused) {
      // As it should be.
    }
  }
}
