package dev.trainyard.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.optimizer.OptimizerSpec;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import dev.trainyard.trainer.graph.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class OptimizersTest {

  /** What make_fixtures.py had Keras compute. */
  record Fixtures(float[] weights, float[][] gradients, float[] rates, List<Case> cases) {}

  record Case(OptimizerSpec optimizer, double[][] after) {}

  private static final Fixtures KERAS = read();

  static Stream<Case> cases() {
    return KERAS.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weights_move_as_keras_moves_them(Case keras) {
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      Variables variables = new Variables(graph);
      Shape shape = Shape.of(KERAS.weights().length);
      Variable<TFloat32> weight =
          variables.float32(
              "dense/kernel", shape, Role.WEIGHT, () -> ops.constant(KERAS.weights()));
      Placeholder<TFloat32> gradient = ops.placeholder(TFloat32.class, Placeholder.shape(shape));
      Placeholder<TFloat32> rate = ops.placeholder(TFloat32.class);
      Placeholder<TInt64> step = ops.placeholder(TInt64.class);
      Op update =
          Optimizers.of(keras.optimizer()).apply(ops, variables, List.of(gradient), rate, step);
      try (Session session = new Session(graph)) {
        session.runner().addTarget(variables.initializer()).run().close();
        for (int i = 0; i < KERAS.rates().length; i++) {
          try (TFloat32 g = TFloat32.vectorOf(KERAS.gradients()[i]);
              TFloat32 lr = TFloat32.scalarOf(KERAS.rates()[i]);
              TInt64 t = TInt64.scalarOf(i)) {
            session
                .runner()
                .feed(gradient, g)
                .feed(rate, lr)
                .feed(step, t)
                .addTarget(update)
                .run()
                .close();
          }
          assertThat(values(session, weight)).containsExactly(keras.after()[i], within(1e-6));
        }
      }
      assertThat(variables.parameters()).isEqualTo(4); // slots do not count
    }
  }

  private static double[] values(Session session, Variable<TFloat32> weight) {
    try (Result result = session.runner().fetch(weight.value()).run()) {
      float[] values = StdArrays.array1dCopyOf((TFloat32) result.get(0));
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }
  }

  private static Fixtures read() {
    try (InputStream in = OptimizersTest.class.getResourceAsStream("/optimizer/optimizers.json")) {
      return SpecJson.MAPPER.readValue(Objects.requireNonNull(in), Fixtures.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
