package dev.trainyard.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.DnnSpec;
import dev.trainyard.spec.InputSpec;
import dev.trainyard.spec.LinearSpec;
import dev.trainyard.spec.ModelSpec;
import dev.trainyard.spec.ResNetSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.network.layer.Pass;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class NetworksTest {

  private final Graph graph = new Graph();
  private final Ops ops = Ops.create(graph);
  private final Variables variables = new Variables(graph);

  @AfterEach
  void close() {
    graph.close();
  }

  static Stream<ModelSpec> specs() {
    return Stream.of(
        CnnSpec.article(true),
        new LinearSpec(),
        new DnnSpec(null, null, true),
        new ResNetSpec(18),
        new ResNetSpec(50));
  }

  /** The published numbers count what gradients change, not the moving averages. */
  @ParameterizedTest
  @CsvSource({
    "18, 11689512, 9600",
    "34, 21797672, 17024",
    "50, 25557032, 53120",
    "101, 44549160, 105344"
  })
  void a_resnet_has_the_published_number_of_parameters(int depth, long published, long averages) {
    logits(Networks.of(new ResNetSpec(depth), 1000), 224);

    assertThat(variables.weights().stream().mapToLong(weight -> weight.shape().size()).sum())
        .isEqualTo(published);
    assertThat(variables.parameters()).isEqualTo(published + averages);
  }

  @Test
  void linear_and_dnn_have_a_weight_for_each_pixel_and_unit() {
    logits(Networks.of(new LinearSpec(), 5), 8);
    assertThat(variables.parameters()).isEqualTo(8 * 8 * 3 * 5 + 5);

    Variables dnn = new Variables(graph);
    Networks.of(new DnnSpec(null, null, null), 5)
        .logits(Pass.inference(ops, dnn, 1), images(8, 8, 3));
    assertThat(dnn.parameters()).isEqualTo((8 * 8 * 3 + 1) * 256 + (256 + 1) * 128 + (128 + 1) * 5);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void kernels_and_nothing_else_are_named_so(ModelSpec spec) {
    logits(Networks.of(spec, 5), spec.minimumImageSize());

    for (Variable<TFloat32> weight : variables.weights()) {
      boolean vector = weight.shape().numDimensions() == 1;
      assertThat(weight.name().endsWith("/kernel")).as(weight.name()).isEqualTo(!vector);
      assertThat(weight.name()).matches("[a-z0-9_]+(/[a-z0-9_]+)*/(kernel|bias|gamma|beta)");
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void the_smallest_image_gives_a_number_for_each_class(ModelSpec spec) {
    Operand<TFloat32> logits = logits(Networks.of(spec, 5), spec.minimumImageSize());

    assertThat(logits.shape().asArray()).containsExactly(-1, 5);
  }

  @Test
  void a_new_resnets_blocks_pass_their_input_on() {
    logits(Networks.of(new ResNetSpec(50), 5), 32);

    try (Session session = new Session(graph)) {
      session.runner().addTarget(variables.initializer()).run().close();
      for (Variable<TFloat32> weight : variables.weights()) {
        if (weight.name().endsWith("/gamma")) {
          try (Result result = session.runner().fetch(weight.value()).run()) {
            float gamma = ((TFloat32) result.get(0)).getFloat(0);
            assertThat(gamma)
                .as(weight.name())
                .isEqualTo(weight.name().contains("/norm3/") ? 0 : 1);
          }
        }
      }
    }
  }

  @Test
  void variables_are_named_by_block_and_unit() {
    logits(Networks.of(new ResNetSpec(18), 5), 32);

    assertThat(variables.all())
        .extracting(Variable::name)
        .hasSize(20 * 5 + 2)
        .startsWith("conv1/kernel", "norm1/gamma", "norm1/beta", "norm1/moving_mean")
        .contains(
            "block1_unit1/conv1/kernel",
            "block1_unit2/norm2/moving_variance",
            "block2_unit1/shortcut/kernel",
            "block2_unit1/shortcut_norm/beta")
        .doesNotContain("block1_unit1/shortcut/kernel")
        .endsWith("dense/kernel", "dense/bias");
  }

  @Test
  void a_depth_without_a_network_is_refused() {
    assertThatThrownBy(() -> Networks.of(new ResNetSpec(20), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("model.depth is 20")
        .hasMessageContaining("18, 34, 50, 101");
  }

  @Test
  void images_with_the_batch_last_give_the_same_logits() {
    ModelSpec spec = new CnnSpec(3, 3, 2, 3, 4, 0.0, false);
    InputSpec transposed = SpecJson.MAPPER.convertValue(Map.of("transpose", true), InputSpec.class);
    InputSpec upright = SpecJson.MAPPER.convertValue(Map.of(), InputSpec.class);
    Operand<TFloat32> images = FormulaWeights.images(ops, Shape.of(3, 8, 6, 3));
    Operand<TFloat32> turned = ops.linalg.transpose(images, ops.constant(new int[] {1, 2, 3, 0}));
    Pass pass = Pass.inference(ops, variables, 1);
    List<Operand<TFloat32>> logits =
        List.of(
            Networks.of(spec, upright, 5).logits(pass, images),
            Networks.of(spec, transposed, 5).logits(pass, turned));

    assertThat(turned.shape()).isEqualTo(Shape.of(8, 6, 3, 3));
    try (Session session = new Session(graph)) {
      session.runner().addTarget(variables.initializer()).run().close();
      try (Result result = session.runner().fetch(logits.get(0)).fetch(logits.get(1)).run()) {
        assertThat(result.get(1)).isEqualTo(result.get(0));
      }
    }
  }

  private Operand<TFloat32> logits(Network network, int size) {
    return network.logits(Pass.inference(ops, variables, 1), images(size, size, 3));
  }

  private Operand<TFloat32> images(long height, long width, long channels) {
    return ops.placeholder(
        TFloat32.class, Placeholder.shape(Shape.of(-1, height, width, channels)));
  }
}
