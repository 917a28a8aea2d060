package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerEvent.Evaluation;
import dev.trainyard.trainer.protocol.TrainerEvent.Progress;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTrainingTest {

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  private final List<TrainerEvent> events = new ArrayList<>();

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 60, 21);
  }

  static Stream<Map<String, Object>> optimizers() {
    return Stream.of(
        Map.of("type", "sgd", "learningRate", 0.1),
        Map.of("type", "momentum", "learningRate", 0.02, "nesterov", true),
        Map.of("type", "rmsprop", "learningRate", 0.003),
        Map.of("type", "rmsprop", "learningRate", 0.003, "momentum", 0.5, "centered", true),
        Map.of("type", "adagrad", "learningRate", 0.05),
        Map.of("type", "adam", "learningRate", 0.01),
        Map.of("type", "adamw", "learningRate", 0.01));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void it_learns_and_goes_on_from_a_checkpoint_as_if_never_stopped(Map<String, Object> optimizer)
      throws IOException {
    assertThat(Trainer.train(plan("whole", optimizer), events::add, () -> false))
        .isEqualTo(new Outcome.Finished(40));
    List<Evaluation> evaluations = of(Evaluation.class);
    assertThat(evaluations.get(1).metrics().get("loss"))
        .isLessThan(0.9 * Math.log(TinyImages.LABELS.size()))
        .isLessThan(evaluations.get(0).metrics().get("loss"));

    int[] asked = {0};
    Outcome stopped = Trainer.train(plan("parts", optimizer), events::add, () -> ++asked[0] > 17);
    assertThat(stopped).isInstanceOf(Outcome.Stopped.class);
    Trainer.train(plan("parts", optimizer), events::add, () -> false);

    assertThat(weights("parts")).isEqualTo(weights("whole"));
  }

  @Test
  void progress_tells_the_rate_of_the_newest_step() throws IOException {
    TrainingPlan plan =
        new TinyPlan(folder, data)
            .steps(10, 5)
            .training("optimizer", Map.of("type", "sgd", "learningRate", 0.1))
            .training("schedule", Map.of("type", "constant", "warmup", 20))
            .build();
    Trainer.train(plan, events::add, () -> false);

    assertThat(of(Progress.class)).hasSizeGreaterThan(2);
    for (Progress progress : of(Progress.class)) {
      assertThat(progress.learningRate()).isCloseTo((progress.step() - 1) * 0.005, within(1e-12));
    }
  }

  @Test
  void the_evaluation_loss_knows_no_smoothing() throws IOException {
    TinyPlan still =
        new TinyPlan(folder.resolve("still"), data)
            .steps(1, 1)
            .training("optimizer", Map.of("type", "sgd", "learningRate", 1e-30));
    Trainer.train(still.build(), events::add, () -> false);
    Trainer.train(
        new TinyPlan(folder.resolve("smoothed"), data)
            .steps(1, 1)
            .training("optimizer", Map.of("type", "sgd", "learningRate", 1e-30))
            .training("labelSmoothing", 0.5)
            .build(),
        events::add,
        () -> false);

    List<Evaluation> evaluations = of(Evaluation.class);
    assertThat(evaluations.get(1).metrics()).isEqualTo(evaluations.get(0).metrics());
    List<Progress> progress = of(Progress.class);
    assertThat(progress.get(1).loss()).isNotEqualTo(progress.get(0).loss());
  }

  private TrainingPlan plan(String name, Map<String, Object> optimizer) {
    return new TinyPlan(folder.resolve(name), data)
        .steps(40, 20)
        .training("optimizer", optimizer)
        .training("schedule", Map.of("type", "cosine", "warmup", 4))
        .training("weightDecay", optimizer.get("type").equals("adamw") ? 0 : 1e-4)
        .training("globalClipNorm", 10)
        .training("labelSmoothing", 0.05)
        .build();
  }

  private <T extends TrainerEvent> List<T> of(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private byte[] weights(String name) throws IOException {
    return Files.readAllBytes(
        folder.resolve(name + "/checkpoints/40/variables.data-00000-of-00001"));
  }
}
