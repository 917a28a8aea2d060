package dev.trainyard.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.DnnSpec;
import dev.trainyard.spec.LinearSpec;
import dev.trainyard.spec.ModelSpec;
import dev.trainyard.spec.ResNetSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.network.layer.Pass;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import tools.jackson.core.type.TypeReference;

/** Each network against Keras's, with the same weights and images: see make_fixtures.py. */
class ReferenceTest {

  private static final int CLASSES = 4;

  /**
   * @param gradients by variable: norm, first value, last value
   * @param averages the first four of each variable's, after a step
   */
  private record Reference(
      double[] inference,
      double[] training,
      double loss,
      Map<String, double[]> gradients,
      Map<String, double[]> averages) {}

  private static Map<String, Reference> references;

  private final Graph graph = new Graph();
  private final Ops ops = Ops.create(graph);

  @BeforeAll
  static void read() throws IOException {
    try (InputStream json = ReferenceTest.class.getResourceAsStream("/network/reference.json")) {
      references = SpecJson.MAPPER.readValue(json, new TypeReference<>() {});
    }
  }

  @AfterEach
  void close() {
    graph.close();
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("linear", new LinearSpec(), 3, 7, 1e-5),
        Arguments.of("dnn", new DnnSpec(List.of(9, 6), 0.0, false), 5, 7, 1e-5),
        Arguments.of("dnn_norm", new DnnSpec(List.of(9, 6), 0.0, true), 5, 7, 1e-5),
        Arguments.of("resnet18", new ResNetSpec(18), 3, 45, 1e-4),
        Arguments.of("resnet50", new ResNetSpec(50), 3, 45, 1e-4));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void it_computes_what_keras_does(
      String name, ModelSpec spec, int batch, int size, double tolerance) {
    Reference reference = references.get(name);
    Network network = Networks.of(spec, CLASSES);
    Shape shape = Shape.of(batch, size, size, 3);
    Variables variables = FormulaWeights.of(graph, network, shape);
    Operand<TFloat32> images = FormulaWeights.images(ops, shape);
    Operand<TFloat32> inference = network.logits(Pass.inference(ops, variables, 1), images);
    Pass pass = Pass.training(ops, variables, 1, ops.constant(0L));
    Operand<TFloat32> training = network.logits(pass, images);
    int[] labels = IntStream.range(0, batch).map(i -> i % CLASSES).toArray();
    Operand<TFloat32> loss = Classification.of(ops, training, ops.constant(labels)).loss();
    List<Variable<TFloat32>> weights = variables.weights();
    Output<?>[] gradients =
        graph.addGradients(
            loss.asOutput(),
            weights.stream().map(w -> w.value().asOutput()).toArray(Output[]::new));
    Op step = ops.withControlDependencies(pass.updates()).noOp();

    try (Session session = new Session(graph)) {
      session.runner().addTarget(variables.initializer()).run().close();
      assertClose(fetch(session, inference), reference.inference(), tolerance, "inference");
      assertClose(fetch(session, training), reference.training(), tolerance, "training");
      assertThat(fetch(session, loss)[0]).isCloseTo(reference.loss(), within(tolerance));
      assertThat(weights)
          .extracting(Variable::name)
          .containsExactlyInAnyOrderElementsOf(reference.gradients().keySet());
      List<double[]> all = fetch(session, List.of(gradients));
      for (int i = 0; i < gradients.length; i++) {
        String weight = weights.get(i).name();
        double[] found = all.get(i);
        double[] expected = reference.gradients().get(weight);
        double[] sample = {norm(found), found[0], found[found.length - 1]};
        // The steeper the network, the more of float32's rounding is in its gradients.
        assertClose(sample, expected, tolerance * Math.max(1, expected[0]), weight);
      }
      session.runner().addTarget(step).run().close();
      for (Variable<?> average : variables.all()) {
        if (average.role() == Role.STATISTIC) {
          double[] found = fetch(session, average.value().asOutput().expect(TFloat32.class));
          double[] expected = reference.averages().get(average.name());
          double[] sample = Arrays.copyOf(found, expected.length);
          assertClose(sample, expected, tolerance, average.name());
        }
      }
    }
  }

  private static void assertClose(
      double[] found, double[] expected, double tolerance, String what) {
    assertThat(found).as(what).containsExactly(expected, within(tolerance));
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
  }

  private static double[] fetch(Session session, Operand<TFloat32> operand) {
    return fetch(session, List.of(operand.asOutput())).get(0);
  }

  private static List<double[]> fetch(Session session, List<? extends Output<?>> outputs) {
    Session.Runner runner = session.runner();
    outputs.forEach(runner::fetch);
    try (Result result = runner.run()) {
      List<double[]> all = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        TFloat32 tensor = (TFloat32) result.get(i);
        float[] values = new float[(int) tensor.size()];
        tensor.asRawTensor().data().asFloats().read(values);
        all.add(IntStream.range(0, values.length).mapToDouble(n -> values[n]).toArray());
      }
      return all;
    }
  }
}
