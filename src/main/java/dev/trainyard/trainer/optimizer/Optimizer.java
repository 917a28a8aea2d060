package dev.trainyard.trainer.optimizer;

import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Changes weights along their gradients. */
@FunctionalInterface
public interface Optimizer {

  /**
   * Adds one update of every weight, and the slots that it needs, as variables.
   *
   * @param gradients one for each of {@code variables.weights()}, in their order
   * @return an operation that is done when all weights and slots are up to date
   */
  Op apply(Ops ops, Variables variables, List<Operand<TFloat32>> gradients);
}
