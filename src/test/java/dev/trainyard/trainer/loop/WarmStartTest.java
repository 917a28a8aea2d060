package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.protocol.TrainingPlan.WarmStart.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmStartTest {

  private static final CnnSpec OTHER_HEAD = new CnnSpec(3, 3, 4, 6, 20, 0.25, true);

  private static Path source;
  private static TrainingPlan.Data data;
  private static Map<String, Double> learned;

  @TempDir Path folder;

  private final List<TrainerEvent> events = new ArrayList<>();

  @BeforeAll
  static void train(@TempDir Path shared) throws IOException {
    data = TinyImages.write(shared, 90, 21);
    source = shared.resolve("source");
    List<TrainerEvent> told = new ArrayList<>();
    Trainer.train(new TinyPlan(source, data).steps(40, 20).build(), told::add, () -> false);
    learned =
        told.stream()
            .filter(TrainerEvent.Evaluation.class::isInstance)
            .map(event -> ((TrainerEvent.Evaluation) event).metrics())
            .reduce((before, last) -> last)
            .orElseThrow();
  }

  @Test
  void it_begins_with_what_a_model_has_learned() throws IOException {
    run(untrained("a").warmStart(from(Kind.SAVED_MODEL, source.resolve("export"))));

    assertThat(evaluation()).isEqualTo(learned);
    assertThat(of(TrainerEvent.Warning.class)).isEmpty();
    assertThat(of(TrainerEvent.Started.class).get(0).step()).isZero();
  }

  @Test
  void it_begins_with_the_newest_checkpoint_of_a_job_that_is_whole() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    copy(source.resolve("checkpoints/20"), checkpoints.resolve("20"));
    copy(source.resolve("checkpoints/40"), checkpoints.resolve("40"));
    Files.createDirectories(checkpoints.resolve(".tmp-1-60")); // the other job is writing it
    run(untrained("a").warmStart(from(Kind.CHECKPOINTS, checkpoints)));
    assertThat(evaluation()).isEqualTo(learned);
    assertThat(checkpoints.resolve(".tmp-1-60")).exists();

    events.clear();
    Files.write(
        checkpoints.resolve("40/variables.data-00000-of-00001"),
        new byte[] {1},
        StandardOpenOption.WRITE);
    run(untrained("b").warmStart(from(Kind.CHECKPOINTS, checkpoints)));
    assertThat(evaluation()).isNotEqualTo(learned);
    assertThat(of(TrainerEvent.Warning.class))
        .singleElement()
        .satisfies(warning -> assertThat(warning.message()).contains("step 40", "damaged"));
  }

  @Test
  void variables_that_do_not_fit_begin_as_ever_and_one_warning_names_them() throws IOException {
    run(
        untrained("a")
            .model(OTHER_HEAD)
            .warmStart(from(Kind.SAVED_MODEL, source.resolve("export"))));

    assertThat(of(TrainerEvent.Warning.class))
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning.message())
                    .contains("model squares, version 1", "20]")
                    .doesNotContain("conv1", "adam", "global_step"));
  }

  @Test
  void an_attempt_with_a_checkpoint_of_its_own_goes_on_from_that() throws IOException {
    Path gone = folder.resolve("gone");
    run(new TinyPlan(folder.resolve("a"), data).steps(4, 4));
    events.clear();

    run(
        new TinyPlan(folder.resolve("a"), data)
            .attempt(2)
            .steps(8, 4)
            .warmStart(from(Kind.SAVED_MODEL, gone)));

    assertThat(of(TrainerEvent.Started.class).get(0).step()).isEqualTo(4);
  }

  @Test
  void a_source_with_nothing_that_fits_or_that_is_gone_is_refused() throws IOException {
    CnnSpec other = new CnnSpec(5, 5, 3, 5, 7, 0.25, true);
    TinyPlan misfit =
        untrained("a").model(other).warmStart(from(Kind.SAVED_MODEL, source.resolve("export")));
    // The logits' batch norm is of the classes' number alone, so it would fit.
    TinyPlan bare =
        untrained("b")
            .model(new CnnSpec(5, 5, 3, 5, 7, 0.25, false))
            .data(
                new TrainingPlan.Data(
                    data.trainShards(),
                    data.validationShards(),
                    List.of("blue", "green", "red", "white"),
                    90,
                    21))
            .warmStart(from(Kind.SAVED_MODEL, source.resolve("export")));

    run(misfit);
    assertThat(of(TrainerEvent.Warning.class)).hasSize(1);
    assertThatThrownBy(() -> run(bare))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("training.warmStartFrom")
        .hasMessageContaining("model squares, version 1");
    for (Kind kind : Kind.values()) {
      assertThatThrownBy(() -> run(untrained("c").warmStart(from(kind, folder.resolve("gone")))))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("no weights on disk");
    }
  }

  /** A job whose time is up before its first step, and which so evaluates what it begins with. */
  private TinyPlan untrained(String name) {
    return new TinyPlan(folder.resolve(name), data).training("timeLimit", "PT0.000000001S");
  }

  private static TrainingPlan.WarmStart from(Kind kind, Path from) {
    return new TrainingPlan.WarmStart("model squares, version 1", kind, from);
  }

  private void run(TinyPlan plan) throws IOException {
    Trainer.train(plan.build(), events::add, () -> false);
  }

  private Map<String, Double> evaluation() {
    return of(TrainerEvent.Evaluation.class).get(0).metrics();
  }

  private <T extends TrainerEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
