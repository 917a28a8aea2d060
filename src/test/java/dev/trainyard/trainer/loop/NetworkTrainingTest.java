package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.DnnSpec;
import dev.trainyard.spec.LinearSpec;
import dev.trainyard.spec.ModelSpec;
import dev.trainyard.spec.ResNetSpec;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerEvent.Evaluation;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTrainingTest {

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 90, 21);
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(new LinearSpec(), 16, 0.001),
        Arguments.of(new DnnSpec(List.of(32, 16), 0.1, true), 16, 0.003),
        Arguments.of(new DnnSpec(null, null, null), 16, 0.001),
        Arguments.of(new ResNetSpec(18), 32, 0.001),
        Arguments.of(new ResNetSpec(50), 32, 0.001));
  }

  /** An export is tried on an image, and the trainer fails when it does not predict the same. */
  @ParameterizedTest
  @MethodSource("networks")
  void every_network_learns_and_exports_what_it_learned(ModelSpec spec, int size, double rate)
      throws IOException {
    TrainingPlan plan =
        new TinyPlan(folder, data)
            .model(spec)
            .input("height", size)
            .input("width", size)
            .steps(40, 10)
            .learningRate(rate)
            .build();
    List<TrainerEvent> events = new ArrayList<>();

    assertThat(Trainer.train(plan, events::add, () -> false)).isEqualTo(new Outcome.Finished(40));

    List<Double> losses =
        evaluations(events).stream().map(each -> each.metrics().get("loss")).toList();
    assertThat(losses.get(losses.size() - 1)).isLessThan(0.6 * losses.get(0));
    assertThat(plan.export().resolve("saved_model.pb")).exists();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void batches_that_come_transposed_train_the_same_network(int replicas) throws IOException {
    List<List<Evaluation>> evaluations = new ArrayList<>();
    for (boolean transposed : new boolean[] {false, true}) {
      TrainingPlan plan =
          new TinyPlan(folder.resolve("transposed-" + transposed), data)
              .model(new CnnSpec(3, 3, 4, 6, 16, 0.25, false))
              .input("transpose", transposed)
              .accelerator("replicas", replicas)
              .steps(12, 6)
              .build();
      List<TrainerEvent> events = new ArrayList<>();
      Trainer.train(plan, events::add, () -> false);
      evaluations.add(evaluations(events));
    }

    assertThat(evaluations.get(0)).hasSize(2);
    assertThat(evaluations.get(1)).isEqualTo(evaluations.get(0));
  }

  private static List<Evaluation> evaluations(List<TrainerEvent> events) {
    return events.stream()
        .filter(Evaluation.class::isInstance)
        .map(Evaluation.class::cast)
        .toList();
  }
}
