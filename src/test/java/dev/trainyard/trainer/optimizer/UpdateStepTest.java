package dev.trainyard.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import dev.trainyard.trainer.graph.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Updates of a dense layer and a batch normalization, which are 2 at first, at the rate 1. */
class UpdateStepTest {

  private static final Map<String, Object> SGD = Map.of("type", "sgd", "learningRate", 1);
  private static final List<String> NAMES =
      List.of("dense/kernel", "dense/bias", "bn/gamma", "bn/beta");

  @Test
  void weight_decay_adds_its_share_to_the_gradients_of_kernels_alone() {
    Map<String, float[]> after = step(Map.of("optimizer", SGD, "weightDecay", 0.25), 1, 1, 1, 1);

    assertThat(after.get("dense/kernel")).containsExactly(2 - 1 - 0.25f * 2, 2 - 1 - 0.25f * 2);
    assertThat(after.get("dense/bias")).containsExactly(1, 1);
    assertThat(after.get("bn/gamma")).containsExactly(1, 1);
    assertThat(after.get("bn/beta")).containsExactly(1, 1);
  }

  @Test
  void decoupled_decay_shrinks_kernels_alone_and_leaves_the_gradient_as_it_is() {
    Map<String, Object> adamW =
        Map.of("type", "adamw", "learningRate", 0.5, "weightDecay", 0.25, "epsilon", 1e-12);
    Map<String, float[]> after = step(Map.of("optimizer", adamW), 3, 3, 3, 3);

    // The first step of Adam is the rate, whatever the gradient.
    assertThat(after.get("dense/kernel"))
        .containsExactly(new float[] {1.25f, 1.25f}, within(1e-5f));
    assertThat(after.get("dense/bias")).containsExactly(new float[] {1.5f, 1.5f}, within(1e-5f));
    assertThat(after.get("bn/gamma")).containsExactly(new float[] {1.5f, 1.5f}, within(1e-5f));
    assertThat(after.get("bn/beta")).containsExactly(new float[] {1.5f, 1.5f}, within(1e-5f));
  }

  @Test
  void gradients_above_the_joint_norm_are_scaled_down_to_it() {
    // Two of each: the norm is the root of 2 * (9 + 16 + 144 + 0), sqrt(338).
    Map<String, float[]> after = step(Map.of("optimizer", SGD, "globalClipNorm", 1.5), 3, 4, 12, 0);

    double norm = 0;
    for (float[] weight : after.values()) {
      for (float value : weight) {
        norm += Math.pow(2 - value, 2);
      }
    }
    assertThat(Math.sqrt(norm)).isCloseTo(1.5, within(1e-6));
    assertThat(2 - after.get("bn/gamma")[1])
        .isCloseTo(12 * 1.5f / (float) Math.sqrt(338), within(1e-6f));
    assertThat(after.get("bn/beta")).containsExactly(2, 2);
  }

  @Test
  void gradients_below_the_joint_norm_stay_as_they_are() {
    Map<String, float[]> after = step(Map.of("optimizer", SGD, "globalClipNorm", 100), 3, 4, 12, 0);

    assertThat(after.get("dense/kernel")).containsExactly(-1, -1);
    assertThat(after.get("bn/gamma")).containsExactly(-10, -10);
  }

  @Test
  void the_decay_counts_in_the_norm() {
    Map<String, float[]> after =
        step(Map.of("optimizer", SGD, "globalClipNorm", 1, "weightDecay", 3), 0, 0, 0, 0);

    float each = (float) (1 / Math.sqrt(2));
    assertThat(after.get("dense/kernel"))
        .containsExactly(new float[] {2 - each, 2 - each}, within(1e-6f));
  }

  @Test
  void gradients_of_zero_are_not_divided_by_their_norm() {
    Map<String, float[]> after = step(Map.of("optimizer", SGD, "globalClipNorm", 1), 0, 0, 0, 0);

    assertThat(after.get("dense/kernel")).containsExactly(2, 2);
  }

  @Test
  void an_overflow_shows_in_every_weight_instead_of_clipping_the_others_to_nothing() {
    for (float bad : new float[] {Float.POSITIVE_INFINITY, Float.NaN}) {
      Map<String, float[]> after =
          step(Map.of("optimizer", SGD, "globalClipNorm", 1), bad, 1, 1, 1);

      assertThat(after.values()).allMatch(values -> Float.isNaN(values[0]));
    }
  }

  @Test
  void what_is_off_adds_no_operation() {
    try (Graph graph = new Graph()) {
      build(graph, training(Map.of("optimizer", SGD)), 1, 1, 1, 1);
      assertThat(graph.toGraphDef().getNodeList())
          .extracting(NodeDef::getOp)
          .doesNotContain("L2Loss", "Sqrt", "Mul", "AddV2", "Add", "Pow")
          .contains("ResourceApplyGradientDescent");
    }
  }

  @Test
  void no_update_begins_before_all_gradients_are_there() {
    try (Graph graph = new Graph()) {
      build(graph, training(Map.of("optimizer", SGD)), 1, 1, 1, 1);
      Map<String, NodeDef> nodes = new LinkedHashMap<>();
      graph.toGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
      List<NodeDef> updates =
          nodes.values().stream()
              .filter(node -> node.getOp().equals("ResourceApplyGradientDescent"))
              .toList();
      assertThat(updates).hasSize(4);
      for (NodeDef update : updates) {
        NodeDef gradient = nodes.get(update.getInput(2));
        NodeDef barrier = nodes.get(gradient.getInput(1).substring(1));
        assertThat(barrier.getInputList()).hasSize(4).allMatch(input -> input.startsWith("^"));
      }
    }
  }

  private record Built(Variables variables, UpdateStep update) {}

  private static Built build(Graph graph, TrainingSpec training, float... gradients) {
    Ops ops = Ops.create(graph);
    Variables variables = new Variables(graph);
    List<Operand<TFloat32>> fed = new ArrayList<>();
    for (int i = 0; i < gradients.length; i++) {
      variables.float32(
          NAMES.get(i), Shape.of(2), Role.WEIGHT, () -> ops.constant(new float[] {2, 2}));
      fed.add(ops.constant(new float[] {gradients[i], gradients[i]}));
    }
    Operand<TInt64> step = variables.counter("global_step").value();
    return new Built(variables, UpdateStep.of(ops, variables, fed, training, 10, step));
  }

  /** The weights after one step by these gradients, each of them twice. */
  private static Map<String, float[]> step(Map<String, Object> training, float... gradients) {
    try (Graph graph = new Graph()) {
      Built built = build(graph, training(training), gradients);
      Map<String, float[]> after = new LinkedHashMap<>();
      try (Session session = new Session(graph)) {
        session.runner().addTarget(built.variables().initializer()).run().close();
        session.runner().addTarget(built.update().done()).run().close();
        for (Variable<TFloat32> weight : built.variables().weights()) {
          try (Result result = session.runner().fetch(weight.value()).run()) {
            after.put(weight.name(), StdArrays.array1dCopyOf((TFloat32) result.get(0)));
          }
        }
      }
      return after;
    }
  }

  private static TrainingSpec training(Map<String, Object> fields) {
    return SpecJson.MAPPER.convertValue(fields, TrainingSpec.class);
  }
}
