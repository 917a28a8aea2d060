package dev.trainyard.trainer.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;

class TrainingSummariesTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir Path folder;

  @Test
  void what_happens_is_readable_as_soon_as_it_is_written() throws IOException {
    TrainingPlan plan = plan(1);
    try (TrainingSummaries summaries = new TrainingSummaries(plan, CLOCK)) {
      summaries.accept(new TrainerEvent.Progress(10, 1.5, 0.25, 0.125, 100, null));
      summaries.accept(
          new TrainerEvent.Evaluation(
              20,
              new EvaluationReport(
                  Map.of("loss", 0.5, "accuracy", 0.75), 4, 0, List.of(), List.of())));
      summaries.accept(new TrainerEvent.Warning("not a number"));

      List<Event> training = events(only(plan.events()));
      assertThat(training.get(0).getFileVersion()).isEqualTo("brain.Event:2");
      assertThat(training.get(0).getWallTime()).isEqualTo(CLOCK.millis() / 1000.0);
      assertThat(training).hasSize(2);
      assertThat(training.get(1).getStep()).isEqualTo(10);
      assertThat(scalars(training.get(1)))
          .isEqualTo(
              Map.of(
                  "loss", 1.5f,
                  "accuracy", 0.25f,
                  "learning_rate", 0.125f,
                  "images_per_second", 100f));
      List<Event> evaluation = events(only(plan.events().resolve("eval")));
      assertThat(evaluation.get(1).getStep()).isEqualTo(20);
      assertThat(scalars(evaluation.get(1))).isEqualTo(Map.of("loss", 0.5f, "accuracy", 0.75f));
    }
  }

  @Test
  void each_attempt_has_files_of_its_own() throws IOException {
    new TrainingSummaries(plan(1), CLOCK).close();
    new TrainingSummaries(plan(2), CLOCK).close();

    try (var files = Files.list(plan(1).events().resolve("eval"))) {
      assertThat(files).hasSize(2);
    }
  }

  private TrainingPlan plan(int attempt) {
    TrainingPlan.Data data = new TrainingPlan.Data(List.of(), List.of(), TinyImages.LABELS, 1, 1);
    return new TinyPlan(folder, data).attempt(attempt).build();
  }

  private static Path only(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  private static List<Event> events(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (TfRecordReader reader = new TfRecordReader(file)) {
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        events.add(Event.parseFrom(record));
      }
    }
    return events;
  }

  private static Map<String, Float> scalars(Event event) {
    Map<String, Float> scalars = new TreeMap<>();
    for (Summary.Value value : event.getSummary().getValueList()) {
      scalars.put(value.getTag(), value.getSimpleValue());
    }
    return scalars;
  }
}
