package dev.trainyard.model;

import dev.trainyard.model.predict.PredictorProgram;
import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Folders in the shape of a SavedModel, and what a job says of them. */
public final class Exports {

  public static final List<String> LABELS =
      List.of("daisy", "dandelion", "roses", "sunflowers", "tulips");

  private Exports() {}

  /**
   * A SavedModel's folder under {@code parent} for the test's predictor.
   *
   * @param graph what stands in saved_model.pb
   */
  public static Path anExport(Path parent, String graph) throws IOException {
    Path export = Files.createDirectories(parent.resolve(UUID.randomUUID().toString()));
    Files.writeString(export.resolve("saved_model.pb"), graph, StandardCharsets.ISO_8859_1);
    Files.createDirectories(export.resolve("variables"));
    Files.writeString(export.resolve("variables/variables.index"), "index of " + graph);
    byte[] weights = new byte[300_000];
    new Random(7).nextBytes(weights);
    Files.write(export.resolve("variables/variables.data-00000-of-00001"), weights);
    Files.createDirectories(export.resolve("assets"));
    Files.write(export.resolve("assets/labels.txt"), LABELS);
    return export;
  }

  public static FinishedModel aFinishedModel(String jobId, String name, Path export) {
    JobSpec spec =
        new JobSpec("flowers-cnn", "flowers", CnnSpec.article(true), null, null, null, null, null);
    return new FinishedModel(
        jobId,
        name,
        export,
        LABELS,
        PredictorProgram.signatures(),
        new EvaluationReport(
            Map.of("accuracy", 0.91, "loss", 0.27),
            11,
            0,
            List.of(new ClassScore("daisy", 0.91, 0.91, 0.91, 11)),
            List.of(List.of(10L, 1L), List.of(0L, 0L))),
        32_864_805L,
        300L,
        new DatasetRef("d1", "flowers", 1, "ab".repeat(32), 1350L, 150L),
        spec,
        null,
        1L,
        List.of(
            new TrainingAttempt(
                1,
                "worker-1",
                Instant.parse("2026-03-01T09:00:00Z"),
                Instant.parse("2026-03-01T09:10:00Z"),
                "LOST",
                "WORKER_LOST",
                0L,
                100L),
            new TrainingAttempt(
                2,
                "worker-2",
                Instant.parse("2026-03-01T09:11:00Z"),
                Instant.parse("2026-03-01T09:30:00Z"),
                "SUCCEEDED",
                null,
                100L,
                300L)),
        Map.of("tensorflow", "2.18.0"));
  }
}
