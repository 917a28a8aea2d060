package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.DnnSpec;
import dev.trainyard.spec.LinearSpec;
import dev.trainyard.spec.ModelSpec;
import dev.trainyard.spec.Precision;
import dev.trainyard.spec.ResNetSpec;
import dev.trainyard.spec.size.StepMemory;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;

/** The arithmetic that refuses jobs without TensorFlow, held to the graphs that train them. */
class StepMemoryTest {

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 60, 12);
  }

  static Stream<ModelSpec> networks() {
    return Stream.of(
        new CnnSpec(3, 5, 4, 6, 16, 0.25, false),
        new CnnSpec(3, 3, 40, 6, 16, 0.0, true),
        new DnnSpec(List.of(32, 16), 0.5, true),
        new LinearSpec(),
        new ResNetSpec(18),
        new ResNetSpec(50));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void it_counts_every_parameter_and_never_more_than_the_graph_keeps(ModelSpec network)
      throws IOException {
    TrainingPlan plan = plan(network, "adam").build();
    StepMemory reckoned = StepMemory.of(plan.spec(), data.labels().size());
    try (Built built = new Built(plan)) {
      assertThat(reckoned.parameters()).isEqualTo(built.training.variables().parameters());
      MemoryNeed need = built.training.memory();
      assertThat(reckoned.fixedBytes()).isLessThanOrEqualTo(need.fixed());
      assertThat(reckoned.bytesPerImage())
          .isBetween((long) (0.55 * need.perImage()), need.perImage());
    }
  }

  @Test
  void it_counts_the_slots_of_each_optimizer() throws IOException {
    for (String optimizer : List.of("sgd", "momentum", "adagrad", "rmsprop", "adam", "adamw")) {
      TrainingPlan plan = plan(new LinearSpec(), optimizer).build();
      StepMemory reckoned = StepMemory.of(plan.spec(), data.labels().size());
      try (Built built = new Built(plan)) {
        long saved =
            built.training.variables().saved().stream().mapToLong(it -> it.shape().size()).sum();
        assertThat(reckoned.checkpointBytes() / 4)
            .as(optimizer)
            .isEqualTo(saved - 1); // without the global step
      }
    }
  }

  @Test
  void the_largest_batch_is_one_that_divides_evenly() {
    StepMemory need = new StepMemory(0, 0, 100, 10, 4, 2);
    assertThat(need.bytes(8)).isEqualTo(140); // two parts, one after the other
    assertThat(need.largestBatch(140)).isEqualTo(8);
    assertThat(need.largestBatch(139)).isEqualTo(4);
    assertThat(need.largestBatch(100)).isZero();
    assertThat(need.largestBatch(Long.MAX_VALUE)).isPositive();
  }

  private TinyPlan plan(ModelSpec network, String optimizer) {
    return new TinyPlan(folder, data)
        .model(network)
        .input("height", 36)
        .input("width", 44)
        .training("optimizer", Map.of("type", optimizer, "learningRate", 0.001));
  }

  private static final class Built implements AutoCloseable {
    private final TrainingInput input;
    private final Graph graph = new Graph();
    private final TrainingGraph training;

    Built(TrainingPlan plan) throws IOException {
      input = TrainingInput.open(plan);
      training =
          TrainingGraph.in(
              graph, plan, input, Accelerator.of(plan.spec().accelerator(), Precision.FLOAT32));
    }

    @Override
    public void close() {
      graph.close();
      input.close();
    }
  }
}
