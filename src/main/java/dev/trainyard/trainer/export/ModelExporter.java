package dev.trainyard.trainer.export;

import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.DurableFiles;
import dev.trainyard.trainer.graph.Saver;
import dev.trainyard.trainer.input.FirstImage;
import dev.trainyard.trainer.predict.SavedModelPredictor;
import dev.trainyard.trainer.protocol.TensorData;
import dev.trainyard.trainer.protocol.TensorType;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;

/** Makes a SavedModel of a checkpoint, tries it, and only then puts it in its place. */
public final class ModelExporter {

  /** Between the same image decoded and classified alone and in a batch. */
  private static final double TOLERANCE = 1e-4;

  private final TrainingPlan plan;

  public ModelExporter(TrainingPlan plan) {
    this.plan = plan;
  }

  /**
   * Exports to the plan's folder, which appears by rename. A model that is there already is from an
   * attempt that ended before it could say so; it is replaced.
   *
   * @param expected what the trained network makes of the first evaluation image
   * @throws IllegalStateException when the model, loaded back, does not make the same of it
   */
  public ExportedModel export(Checkpoint checkpoint, float[] expected) throws IOException {
    Path target = plan.export().toAbsolutePath();
    Path aside = plan.scratch().resolve("export").toAbsolutePath();
    DurableFiles.deleteTree(aside);
    try {
      long parameters = write(checkpoint, aside);
      Map<String, SignatureInfo> signatures = tryOut(aside, expected);
      DurableFiles.deleteTree(target);
      DurableFiles.publish(aside, target);
      return new ExportedModel(parameters, signatures);
    } catch (IOException | RuntimeException e) {
      DurableFiles.deleteTree(aside); // a full disk needs the room
      throw e;
    }
  }

  private long write(Checkpoint checkpoint, Path folder) throws IOException {
    try (Graph graph = new Graph()) {
      InferenceGraph inference = InferenceGraph.in(graph, plan, SavedModelExtras.LABELS);
      try (Session session = new Session(graph)) {
        Saver.restore(session, checkpoint.prefix());
        SavedModelBundle.exporter(folder.toString())
            .withSession(session)
            .withSignatures(inference.signatures().toArray(Signature[]::new))
            .export();
      }
      new SavedModelExtras(inference).addTo(folder, plan.data().labels());
      return inference.variables().parameters();
    }
  }

  private Map<String, SignatureInfo> tryOut(Path folder, float[] expected) throws IOException {
    try (SavedModelPredictor model = SavedModelPredictor.load(folder)) {
      float[] probabilities = probabilities(model);
      double sum = 0;
      double difference = 0;
      for (int i = 0; i < Math.min(expected.length, probabilities.length); i++) {
        sum += probabilities[i];
        difference = Math.max(difference, Math.abs(probabilities[i] - expected[i]));
      }
      if (probabilities.length != expected.length
          || !(Math.abs(sum - 1) < TOLERANCE)
          || !(difference < TOLERANCE)) {
        throw new IllegalStateException(
            "The exported model does not predict what the trained network does: "
                + Arrays.toString(probabilities)
                + " instead of "
                + Arrays.toString(expected));
      }
      return model.signatures();
    }
  }

  /** Of the first image. */
  private float[] probabilities(SavedModelPredictor model) throws IOException {
    byte[] image = FirstImage.of(plan);
    ByteBuffer content =
        ByteBuffer.allocate(Integer.BYTES + image.length).order(ByteOrder.LITTLE_ENDIAN);
    content.putInt(image.length).put(image).flip();
    TensorData images =
        new TensorData(InferenceGraph.IMAGES, TensorType.STRING, List.of(1L), content);
    TensorData output =
        model.run(Signature.DEFAULT_KEY, List.of(images)).stream()
            .filter(it -> it.name().equals(InferenceGraph.PROBABILITIES))
            .findFirst()
            .orElseThrow();
    FloatBuffer values = output.content().asFloatBuffer();
    float[] probabilities = new float[values.remaining()];
    values.get(probabilities);
    return probabilities;
  }
}
