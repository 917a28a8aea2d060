package dev.trainyard.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.TrainingSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

class LearningRateTest {

  private static final int BATCH = 8;
  private static final long TRAIN_EXAMPLES = 20;

  /** What make_fixtures.py had Keras compute. */
  record Case(double learningRate, Map<String, Object> schedule, long[] steps, double[] rates) {}

  static List<Case> cases() throws IOException {
    try (InputStream in = LearningRateTest.class.getResourceAsStream("/optimizer/schedules.json")) {
      return List.of(SpecJson.MAPPER.readValue(Objects.requireNonNull(in), Case[].class));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void it_is_what_keras_computes(Case keras) {
    double[] rates = rates(keras.learningRate(), keras.schedule(), keras.steps());
    for (int i = 0; i < rates.length; i++) {
      assertThat(rates[i])
          .as("step %d", keras.steps()[i])
          .isCloseTo(keras.rates()[i], within(1e-6 * keras.rates()[i] + 1e-9));
    }
  }

  @Test
  void every_schedule_rises_linearly_through_its_warm_up_to_its_first_rate() {
    for (Map<String, Object> schedule :
        List.<Map<String, Object>>of(
            Map.of("type", "constant"),
            Map.of("type", "piecewise", "boundaries", List.of(30), "factors", List.of(1, 0.1)),
            Map.of("type", "exponential"),
            Map.of("type", "cosine"),
            Map.of("type", "polynomial"))) {
      Map<String, Object> warm = new HashMap<>(schedule);
      warm.put("warmup", 4);
      warm.put("unit", "epochs"); // of 2.5 steps
      assertThat(rates(0.5, warm, 0, 1, 9, 10))
          .as(String.valueOf(schedule.get("type")))
          .containsExactly(new double[] {0, 0.05, 0.45, 0.5}, within(1e-12));
    }
  }

  @Test
  void the_recipe_of_resnet_in_epochs() {
    Map<String, Object> recipe =
        Map.of(
            "type",
            "piecewise",
            "boundaries",
            List.of(30, 60, 80),
            "factors",
            List.of(1, 0.1, 0.01, 0.001),
            "warmup",
            5,
            "unit",
            "epochs");
    assertThat(rates(0.1, recipe, 0, 5, 13, 75, 76, 150, 151, 200, 201))
        .containsExactly(
            new double[] {0, 0.04, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001, 0.0001}, within(1e-12));
  }

  @Test
  void a_duration_that_is_left_out_is_the_rest_of_the_training() {
    Map<String, Object> linear = Map.of("type", "polynomial", "endLearningRate", 0, "warmup", 20);
    assertThat(rates(0.8, linear, 20, 40, 60, 80, 100, 120))
        .containsExactly(new double[] {0.8, 0.6, 0.4, 0.2, 0, 0}, within(1e-12));
  }

  @Test
  void a_constant_rate_is_a_constant() {
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      new LearningRate(training(0.1, Map.of("type", "constant")), TRAIN_EXAMPLES)
          .at(ops, ops.placeholder(TInt64.class));
      assertThat(graph.toGraphDef().getNodeList())
          .extracting(node -> node.getOp())
          .containsExactlyInAnyOrder("Placeholder", "Const");
    }
  }

  /** Of a job of 100 steps. */
  private static double[] rates(double initial, Map<String, Object> schedule, long... steps) {
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      Placeholder<TInt64> step = ops.placeholder(TInt64.class);
      Operand<TFloat64> rate =
          new LearningRate(training(initial, schedule), TRAIN_EXAMPLES).at(ops, step);
      try (Session session = new Session(graph)) {
        return Arrays.stream(steps)
            .mapToDouble(
                s -> {
                  try (TInt64 value = TInt64.scalarOf(s);
                      Result result = session.runner().feed(step, value).fetch(rate).run()) {
                    return ((TFloat64) result.get(0)).getDouble();
                  }
                })
            .toArray();
      }
    }
  }

  private static TrainingSpec training(double initial, Map<String, Object> schedule) {
    return SpecJson.MAPPER.convertValue(
        Map.of(
            "batchSize",
            BATCH,
            "steps",
            100,
            "optimizer",
            Map.of("type", "sgd", "learningRate", initial),
            "schedule",
            schedule),
        TrainingSpec.class);
  }
}
