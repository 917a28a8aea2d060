package dev.trainyard.benchmark;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The training plan that a figure's options describe. */
public final class BenchmarkPlan {

  static final List<String> LABELS = List.of("daisy", "dandelion", "roses", "sunflowers", "tulips");

  private static final String SPEC =
      """
      {"name": "benchmark", "dataset": "benchmark", "model": %s,
       "input": {"height": %d, "width": %d, "cache": "%s"},
       "training": {"batchSize": %d, "steps": %d, "stepsPerEvaluation": %d, "seed": %d, "precision": "%s",
                    "iterationsPerLoop": %d, "deterministic": %s,
                    "optimizer": {"type": "adam", "learningRate": %s}}}
      """;

  private BenchmarkPlan() {}

  /** Of the shards in the folder {@code --data}; everything of the job goes to {@code folder}. */
  public static TrainingPlan of(Options options, Path folder) {
    int size = options.number("size", 299);
    int steps = options.number("steps", 20);
    String network =
        options.text("network", "article").equals("resnet18")
            ? "{\"type\": \"resnet\", \"depth\": 18}"
            : "{\"type\": \"cnn\", \"batchNorm\": true}";
    JobSpec spec =
        SpecJson.MAPPER.readValue(
            SPEC.formatted(
                network,
                size,
                size,
                options.text("cache", "none"),
                options.number("batch", 32),
                steps,
                Math.max(1, steps / 3),
                options.number("seed", 1),
                options.text("precision", "float32"),
                options.number("iterations_per_loop", 1),
                options.text("deterministic", "true"),
                options.text("learning_rate", "0.01")),
            JobSpec.class);
    Path data = options.path("data").orElseThrow(() -> new IllegalArgumentException("--data"));
    List<Path> train = shards(data, "train-");
    List<Path> validation = shards(data, "validation-");
    return new TrainingPlan(
        "benchmark",
        1,
        spec,
        new TrainingPlan.Data(train, validation, LABELS, records(train), records(validation)),
        folder.resolve("checkpoints"),
        folder.resolve("events"),
        folder.resolve("export"),
        folder.resolve("scratch"),
        null,
        null);
  }

  private static List<Path> shards(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .map(Path::toAbsolutePath)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long records(List<Path> shards) {
    long count = 0;
    for (Path shard : shards) {
      try (TfRecordReader reader = new TfRecordReader(shard)) {
        while (reader.read() != null) {
          count++;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return count;
  }
}
