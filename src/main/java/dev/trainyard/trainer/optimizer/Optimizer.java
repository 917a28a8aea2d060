package dev.trainyard.trainer.optimizer;

import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Changes weights along their gradients. Each is one fused operation a weight, which reads and
 * writes weight and slots once and computes on all threads.
 */
@FunctionalInterface
interface Optimizer {

  /**
   * Adds one update of every weight, and the slots that it needs, as variables.
   *
   * @param gradients one for each of {@code variables.weights()}, in their order
   * @param learningRate scalar: the rate of this update
   * @param step scalar: how many updates were made before this one
   * @return an operation that is done when all weights and slots are up to date
   */
  Op apply(
      Ops ops,
      Variables variables,
      List<Operand<TFloat32>> gradients,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step);
}
