package dev.trainyard.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.AdamSpec;
import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class AdamOptimizerTest {

  @Test
  void weights_follow_the_formula_step_by_step() {
    double rate = 0.1;
    double beta1 = 0.8;
    double beta2 = 0.9;
    double epsilon = 0.01;
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      Variables variables = new Variables(graph);
      Variable<TFloat32> weight =
          variables.float32("w", Shape.scalar(), Role.WEIGHT, () -> ops.constant(2f));
      // The gradient of w squared.
      Op update =
          Optimizers.of(new AdamSpec(rate, beta1, beta2, epsilon))
              .apply(ops, variables, List.of(ops.math.mul(weight.value(), ops.constant(2f))));
      try (Session session = new Session(graph)) {
        session.runner().addTarget(variables.initializer()).run().close();
        double w = 2;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 5; t++) {
          double gradient = 2 * w;
          m = beta1 * m + (1 - beta1) * gradient;
          v = beta2 * v + (1 - beta2) * gradient * gradient;
          double corrected = rate * Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow(beta1, t));
          w -= corrected * m / (Math.sqrt(v) + epsilon);

          session.runner().addTarget(update).run().close();
          try (Result result = session.runner().fetch(weight.value()).run()) {
            assertThat((double) ((TFloat32) result.get(0)).getFloat()).isCloseTo(w, within(1e-5));
          }
        }
      }
      assertThat(variables.parameters()).isEqualTo(1); // slots do not count
    }
  }
}
