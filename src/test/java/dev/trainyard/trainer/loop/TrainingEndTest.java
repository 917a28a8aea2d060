package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerEvent.Ended;
import dev.trainyard.trainer.protocol.TrainerEvent.Evaluation;
import dev.trainyard.trainer.protocol.TrainingEnd;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long training goes on, which checkpoints are there then, and which one is exported. */
class TrainingEndTest {

  private static final long FOREVER = 1_000_000;

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  private final List<TrainerEvent> events = new ArrayList<>();

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 90, 21);
  }

  @Test
  void epochs_are_passes_over_the_training_images_rounded_up_to_a_step() throws IOException {
    TrainingPlan plan = plan("a").training("steps", null).training("epochs", 1.5).build();

    assertThat(train(plan)).isEqualTo(new Outcome.Finished(17)); // 135 images by 8

    assertThat(of(Ended.class))
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.reason()).isEqualTo(TrainingEnd.STEPS);
              assertThat(ended.message()).contains("step 17 of 17");
            });
  }

  @Test
  void evaluations_that_get_no_better_end_it_with_a_model() throws IOException {
    // Nothing is learned at this rate, so no evaluation is better than the first by so much.
    TrainingPlan plan =
        plan("a")
            .steps(FOREVER, 5)
            .learningRate(1e-9)
            .training("earlyStopping", Map.of("monitor", "loss", "patience", 2, "minDelta", 0.5))
            .build();

    assertThat(train(plan)).isEqualTo(new Outcome.Finished(15));

    assertThat(of(Evaluation.class)).extracting(Evaluation::step).containsExactly(5L, 10L, 15L);
    assertThat(of(Ended.class).get(0).reason()).isEqualTo(TrainingEnd.EARLY_STOPPING);
    assertThat(of(Ended.class).get(0).message()).contains("loss", "of step 5", "2 evaluations");
    assertThat(plan.export().resolve("saved_model.pb")).exists();
  }

  @Test
  void an_attempt_that_goes_on_knows_what_earlier_ones_evaluated() throws IOException {
    TinyPlan plan =
        plan("a")
            .steps(FOREVER, 5)
            .learningRate(1e-9)
            .training("earlyStopping", Map.of("monitor", "loss", "patience", 3, "minDelta", 0.5));
    int[] evaluations = {0};
    Outcome outcome =
        Trainer.train(
            plan.build(),
            event -> evaluations[0] += event instanceof Evaluation ? 1 : 0,
            () -> evaluations[0] == 2);
    assertThat(outcome).isEqualTo(new Outcome.Stopped(10));

    assertThat(train(plan.attempt(2).build())).isEqualTo(new Outcome.Finished(20));

    assertThat(of(Ended.class).get(0).reason()).isEqualTo(TrainingEnd.EARLY_STOPPING);
    events.clear();
    assertThat(train(plan.attempt(3).build())).isEqualTo(new Outcome.Finished(20));
    assertThat(of(TrainerEvent.Progress.class)).isEmpty();
    assertThat(of(Ended.class)).hasSize(1);
  }

  @Test
  void when_its_time_is_used_up_it_ends_as_after_its_last_step() throws IOException {
    TinyPlan plan = plan("a").steps(FOREVER, FOREVER).training("timeLimit", "PT0.5S");

    long last = ((Outcome.Finished) train(plan.build())).step();

    assertThat(last).isBetween(1L, FOREVER - 1);
    assertThat(of(Ended.class).get(0).reason()).isEqualTo(TrainingEnd.TIME_LIMIT);
    assertThat(of(Ended.class).get(0).message()).contains("PT0.5S");
    assertThat(of(Evaluation.class)).extracting(Evaluation::step).containsExactly(last);
    assertThat(of(TrainerEvent.Exported.class)).hasSize(1);

    events.clear();
    assertThat(train(plan.attempt(2).build())).isEqualTo(new Outcome.Finished(last));
    assertThat(of(TrainerEvent.Progress.class)).isEmpty();
  }

  @Test
  void checkpoints_come_by_steps_too_and_the_newest_and_the_best_are_kept() throws IOException {
    Map<String, Object> checkpoint = Map.of("steps", 4, "keepLast", 2, "keepBest", "accuracy");
    TrainingPlan plan = plan("a").steps(26, 10).training("checkpoint", checkpoint).build();

    train(plan);

    List<Long> written =
        of(TrainerEvent.Checkpoint.class).stream().map(TrainerEvent.Checkpoint::step).toList();
    assertThat(written).containsExactly(4L, 8L, 10L, 12L, 16L, 20L, 24L, 26L);
    long best = best();
    assertThat(kept("a"))
        .containsExactlyInAnyOrderElementsOf(Stream.of(24L, 26L, best).distinct().toList());
  }

  @Test
  void the_best_weights_are_exported_when_the_model_asks_for_them() throws IOException {
    TinyPlan plan =
        plan("a")
            .steps(12, 2)
            .learningRate(0.01) // the averages of batch norm need longer than that
            .training("checkpoint", Map.of("keepLast", 1, "keepBest", "loss"))
            .register("checkpoint", "best");

    train(plan.build());

    List<Evaluation> evaluations = of(Evaluation.class);
    Evaluation best =
        evaluations.stream()
            .min(Comparator.comparingDouble(evaluation -> evaluation.metrics().get("loss")))
            .orElseThrow();
    assertThat(best.step()).isLessThan(12);
    assertThat(evaluations).hasSize(7).endsWith(best); // the model's is told last
    assertThat(of(TrainerEvent.Exported.class).get(0).step()).isEqualTo(best.step());
    assertThat(kept("a")).containsExactlyInAnyOrder(best.step(), 12L);

    events.clear();
    train(plan.attempt(2).build());
    assertThat(of(TrainerEvent.Exported.class).get(0).step()).isEqualTo(best.step());

    events.clear();
    Files.write(
        folder.resolve("a/checkpoints/" + best.step() + "/variables.data-00000-of-00001"),
        new byte[] {1},
        StandardOpenOption.WRITE);
    train(plan.attempt(3).build());
    assertThat(of(TrainerEvent.Exported.class).get(0).step()).isEqualTo(12);
    assertThat(of(TrainerEvent.Warning.class).get(0).message())
        .contains("The best checkpoint, of step " + best.step());
  }

  @Test
  void how_often_the_host_looks_does_not_change_what_is_learned() throws IOException {
    train(plan("often").steps(24, 10).build());
    events.clear();
    train(
        plan("seldom")
            .steps(24, 10)
            .training("iterationsPerLoop", 7)
            .training("checkpoint", Map.of("steps", 5))
            .build());

    assertThat(folder.resolve("seldom/checkpoints/24/variables.data-00000-of-00001"))
        .hasSameBinaryContentAs(
            folder.resolve("often/checkpoints/24/variables.data-00000-of-00001"));
    assertThat(of(Evaluation.class)).extracting(Evaluation::step).containsExactly(10L, 20L, 24L);
  }

  @Test
  void a_loss_that_is_no_number_is_found_within_the_steps_between_two_looks() {
    TrainingPlan diverging =
        plan("a")
            .steps(100, 50)
            .learningRate(1e38)
            .training("iterationsPerLoop", 20)
            .training("lossCheckSteps", 10)
            .build();

    assertThatThrownBy(() -> train(diverging))
        .isInstanceOf(NonFiniteLossException.class)
        .hasMessageContaining("In the steps 1 to 10 the loss is");
    assertThat(folder.resolve("a/checkpoints")).isEmptyDirectory();
    assertThat(of(TrainerEvent.Exported.class)).isEmpty();
  }

  @Test
  void weights_that_are_no_numbers_never_become_a_checkpoint() {
    TrainingPlan diverging = plan("a").steps(100, 1).learningRate(1e38).build();

    assertThatThrownBy(() -> train(diverging)).isInstanceOf(NonFiniteLossException.class);

    assertThat(of(TrainerEvent.Checkpoint.class)).hasSizeLessThan(5);
    assertThat(of(TrainerEvent.Exported.class)).isEmpty();
  }

  @Test
  void a_metric_that_evaluations_do_not_report_is_refused_before_anything_starts() {
    TrainingPlan plan =
        plan("a").steps(4, 2).training("checkpoint", Map.of("keepBest", "top_5_accuracy")).build();

    assertThatThrownBy(() -> train(plan))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("training.checkpoint.keepBest is top_5_accuracy")
        .hasMessageContaining("too few classes")
        .hasMessageContaining("take \"accuracy\"");
    assertThat(events).isEmpty();
  }

  private long best() {
    return of(Evaluation.class).stream()
        .max(
            Comparator.comparingDouble((Evaluation e) -> e.metrics().get("accuracy"))
                .thenComparing(Comparator.comparingLong(Evaluation::step).reversed()))
        .orElseThrow()
        .step();
  }

  private List<Long> kept(String name) throws IOException {
    try (var folders = Files.list(folder.resolve(name + "/checkpoints"))) {
      return folders.map(file -> Long.parseLong(file.getFileName().toString())).toList();
    }
  }

  private TinyPlan plan(String name) {
    return new TinyPlan(folder.resolve(name), data);
  }

  private Outcome train(TrainingPlan plan) throws IOException {
    return Trainer.train(plan, events::add, () -> false);
  }

  private <T extends TrainerEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
