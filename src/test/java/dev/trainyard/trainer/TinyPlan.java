package dev.trainyard.trainer;

import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.AdamSpec;
import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.InputSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.RegisterSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan for a small network over {@link TinyImages}; what a test cares about can be changed. */
public final class TinyPlan {

  private final Path folder;
  private TrainingPlan.Data data;
  private int attempt = 1;
  private CnnSpec model = new CnnSpec(3, 3, 4, 6, 16, 0.25, true);
  private InputSpec input = new InputSpec(16, 16, true, 16);
  private int batchSize = 8;
  private long steps = 20;
  private long stepsPerEvaluation = 10;
  private double learningRate = 0.01;
  private AcceleratorSpec.Type accelerator = AcceleratorSpec.Type.CPU;

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

  public TinyPlan model(CnnSpec value) {
    model = value;
    return this;
  }

  public TinyPlan input(InputSpec value) {
    input = value;
    return this;
  }

  public TinyPlan batchSize(int value) {
    batchSize = value;
    return this;
  }

  public TinyPlan steps(long value, long perEvaluation) {
    steps = value;
    stepsPerEvaluation = perEvaluation;
    return this;
  }

  public TinyPlan learningRate(double value) {
    learningRate = value;
    return this;
  }

  public TinyPlan accelerator(AcceleratorSpec.Type value) {
    accelerator = value;
    return this;
  }

  public TrainingPlan build() {
    AdamSpec adam = new AdamSpec(learningRate, null, null, null);
    return new TrainingPlan(
        "job-1",
        attempt,
        new JobSpec(
            "tiny",
            "squares",
            model,
            input,
            new TrainingSpec(batchSize, steps, stepsPerEvaluation, null, 7L, adam),
            new AcceleratorSpec(accelerator),
            new RegisterSpec("squares")),
        data,
        folder.resolve("checkpoints"),
        folder.resolve("events"),
        folder.resolve("export"));
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
