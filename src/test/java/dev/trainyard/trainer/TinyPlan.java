package dev.trainyard.trainer;

import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.InputSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.ModelSpec;
import dev.trainyard.spec.RegisterSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plan for a small network over {@link TinyImages}; what a test cares about can be changed. */
public final class TinyPlan {

  private final Path folder;
  private TrainingPlan.Data data;
  private int attempt = 1;
  private ModelSpec model = new CnnSpec(3, 3, 4, 6, 16, 0.25, true);
  private final Map<String, Object> input =
      new HashMap<>(Map.of("height", 16, "width", 16, "shuffleBufferSize", 16));
  private final Map<String, Object> training =
      new HashMap<>(
          Map.of(
              "batchSize", 8,
              "steps", 20,
              "stepsPerEvaluation", 10,
              "seed", 7,
              "precision", "float32"));
  private final Map<String, Object> accelerator = new HashMap<>(Map.of("type", "CPU"));
  private final Map<String, Object> register = new HashMap<>(Map.of("model", "squares"));

  private TrainingPlan.@Nullable WarmStart warmStart;

  /**
   * @param folder where everything of the job goes
   */
  public TinyPlan(Path folder, TrainingPlan.Data data) {
    this.folder = folder;
    this.data = data;
  }

  public TinyPlan attempt(int value) {
    attempt = value;
    return this;
  }

  public TinyPlan data(TrainingPlan.Data value) {
    data = value;
    return this;
  }

  public TinyPlan model(ModelSpec value) {
    model = value;
    return this;
  }

  /** Sets {@code input.field}. */
  public TinyPlan input(String field, Object value) {
    input.put(field, value);
    return this;
  }

  /** Sets {@code training.field}: a number, a text, or a map for an object. */
  public TinyPlan training(String field, Object value) {
    training.put(field, value);
    return this;
  }

  /** Sets {@code accelerator.field}. */
  public TinyPlan accelerator(String field, Object value) {
    accelerator.put(field, value);
    return this;
  }

  /** Sets {@code register.field}. */
  public TinyPlan register(String field, Object value) {
    register.put(field, value);
    return this;
  }

  public TinyPlan warmStart(TrainingPlan.WarmStart value) {
    warmStart = value;
    return this;
  }

  public TinyPlan batchSize(int value) {
    return training("batchSize", value);
  }

  public TinyPlan steps(long value, long perEvaluation) {
    return training("steps", value).training("stepsPerEvaluation", perEvaluation);
  }

  public TinyPlan learningRate(double value) {
    return training("optimizer", Map.of("type", "adam", "learningRate", value));
  }

  /** Makes the folder, as a worker does. */
  public TrainingPlan build() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TrainingPlan(
        "job-1",
        attempt,
        new JobSpec(
            "tiny",
            "squares",
            model,
            read(input, InputSpec.class),
            read(training, TrainingSpec.class),
            read(accelerator, AcceleratorSpec.class),
            null,
            read(register, RegisterSpec.class)),
        data,
        folder.resolve("checkpoints"),
        folder.resolve("events"),
        folder.resolve("export"),
        folder.resolve("scratch"),
        warmStart,
        null);
  }

  private static <T> T read(Map<String, Object> fields, Class<T> type) {
    return SpecJson.MAPPER.convertValue(fields, type);
  }

  /** The plan as {@code plan.json}. */
  public Path write() {
    try {
      Files.createDirectories(folder);
      return Files.write(folder.resolve("plan.json"), SpecJson.MAPPER.writeValueAsBytes(build()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
