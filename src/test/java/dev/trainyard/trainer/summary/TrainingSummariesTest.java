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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
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

    assertThat(files(plan(1).events().resolve("eval"))).hasSize(2);
  }

  @Test
  void an_attempt_that_goes_on_takes_back_what_came_after_its_checkpoint_whatever_its_clock_says()
      throws IOException {
    Clock behind = Clock.offset(CLOCK, Duration.ofMinutes(-5));
    try (TrainingSummaries first = new TrainingSummaries(plan(1), CLOCK)) {
      first.accept(started(0));
      first.accept(evaluation(20));
    }
    try (TrainingSummaries second = new TrainingSummaries(plan(2), behind)) {
      second.accept(started(20));
      second.accept(evaluation(20));
      second.accept(evaluation(40));
      second.accept(evaluation(20)); // the best weights, once more
    }
    List<Path> training = files(plan(1).events());
    assertThat(training.get(1).getFileName().toString()).endsWith("attempt-2");
    assertThat(events(training.get(0))).noneMatch(Event::hasSessionLog);
    Event restart = events(training.get(1)).get(1);
    assertThat(restart.getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
    assertThat(restart.getStep()).as("step 20 itself was before it").isEqualTo(21);
    List<Event> evaluations = events(files(plan(1).events().resolve("eval")).get(1));
    assertThat(evaluations.get(1).hasSessionLog()).isTrue();
    assertThat(evaluations.subList(1, evaluations.size()))
        .extracting(Event::getStep)
        .as("the checkpoint's own evaluation is made again")
        .containsExactly(20L, 20L, 40L);
  }

  private static TrainerEvent started(long step) {
    return new TrainerEvent.Started(step, 100, 10, "CPU", "2.18.0");
  }

  private static TrainerEvent evaluation(long step) {
    Map<String, Double> metrics = Map.of("loss", 0.5);
    return new TrainerEvent.Evaluation(
        step, new EvaluationReport(metrics, 4, 0, List.of(), List.of()));
  }

  private TrainingPlan plan(int attempt) {
    TrainingPlan.Data data = new TrainingPlan.Data(List.of(), List.of(), TinyImages.LABELS, 1, 1);
    return new TinyPlan(folder, data).attempt(attempt).build();
  }

  private static Path only(Path folder) throws IOException {
    return files(folder).get(0);
  }

  /** In the order in which TensorBoard reads them. */
  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
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
