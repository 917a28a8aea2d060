package dev.trainyard.model.predict;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.PredictorMessage;
import dev.trainyard.trainer.protocol.PredictorMessage.Prediction;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A predictor process without TensorFlow that keeps to the protocol, and misbehaves on demand: by
 * what stands in saved_model.pb while it loads, and by what stands in an image afterwards. An image
 * is recognised by its first byte, modulo the number of labels.
 */
public final class PredictorProgram {

  public static final String UNLOADABLE = "unloadable";
  public static final String UNSIGNED = "unsigned";
  public static final String SLOW_TO_LOAD = "slow to load";

  public static final String CRASH = "crash";
  public static final String CRASH_ONCE = "crash once";
  public static final String HANG = "hang";
  public static final String STOP_READING = "stop reading";
  public static final String NO_IMAGE = "no image";

  private PredictorProgram() {}

  public static void main(String[] arguments) throws IOException {
    Path model = Path.of(arguments[0]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    switch (Files.readString(model.resolve("saved_model.pb"), StandardCharsets.ISO_8859_1)) {
      case UNLOADABLE -> {
        System.err.println("The graph has an operation that is not known: Frobnicate");
        System.exit(1);
      }
      case UNSIGNED -> say(out, new PredictorMessage.Ready(Map.of()));
      case SLOW_TO_LOAD -> LockSupport.park();
      default -> say(out, new PredictorMessage.Ready(signatures()));
    }
    List<String> labels = Files.readAllLines(model.resolve("assets/labels.txt"));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      PredictorMessage.Request request =
          (PredictorMessage.Request) SpecJson.MAPPER.readValue(line, PredictorMessage.class);
      say(out, answer(request, labels, model));
      if (new String(request.images().get(0), StandardCharsets.ISO_8859_1).equals(STOP_READING)) {
        LockSupport.park();
      }
    }
  }

  /** The signatures that it says its models have. */
  public static Map<String, SignatureInfo> signatures() {
    SignatureInfo signature =
        new SignatureInfo(
            "tensorflow/serving/predict",
            List.of(new TensorInfo("image_bytes", "STRING", List.of(-1L))),
            List.of(
                new TensorInfo("class", "STRING", List.of(-1L)),
                new TensorInfo("classid", "INT32", List.of(-1L)),
                new TensorInfo("probabilities", "FLOAT", List.of(-1L, 5L))));
    return Map.of("classes", signature, "serving_default", signature);
  }

  /** Appears when the model's process has been asked to hang. */
  static Path hanging(Path model) {
    return model.resolveSibling("hanging");
  }

  private static PredictorMessage answer(
      PredictorMessage.Request request, List<String> labels, Path model) throws IOException {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < request.images().size(); i++) {
      byte[] image = request.images().get(i);
      switch (new String(image, 0, Math.min(image.length, 16), StandardCharsets.ISO_8859_1)) {
        case CRASH -> Runtime.getRuntime().halt(134);
        case CRASH_ONCE -> crashUnlessItDid(model);
        case HANG -> {
          Files.createFile(hanging(model));
          LockSupport.park();
        }
        case NO_IMAGE -> {
          return new PredictorMessage.Refused(request.id(), i, "is not a JPEG or PNG image");
        }
        default -> {}
      }
      int classid = (image[0] & 0xff) % labels.size();
      List<Float> probabilities = new ArrayList<>();
      for (int label = 0; label < labels.size(); label++) {
        probabilities.add(label == classid ? 1f : 0f);
      }
      predictions.add(new Prediction(labels.get(classid), classid, probabilities));
    }
    return new PredictorMessage.Predictions(request.id(), predictions);
  }

  private static void crashUnlessItDid(Path model) throws IOException {
    Path memory = model.resolveSibling("crashed");
    if (!Files.exists(memory)) {
      Files.createFile(memory);
      Runtime.getRuntime().halt(139);
    }
  }

  private static void say(PrintStream out, PredictorMessage message) {
    out.println(SpecJson.MAPPER.writeValueAsString(message));
  }
}
