package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.trainer.graph.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * One change of all weights: weight decay joins the gradients, then their joint norm is limited,
 * then the optimizer moves the weights at the schedule's rate. What is off adds no operation.
 *
 * @param done when all weights and slots are up to date
 * @param learningRate scalar: the rate of the newest step that was made, for reports; that of the
 *     first one when there is none
 */
public record UpdateStep(Op done, Operand<TFloat64> learningRate) {

  /**
   * @param gradients of the mean loss, one for each of {@code variables.weights()}, in their order
   * @param trainExamples images of an epoch
   * @param globalStep scalar: how many steps were made before this one
   */
  public static UpdateStep of(
      Ops ops,
      Variables variables,
      List<Operand<TFloat32>> gradients,
      TrainingSpec training,
      long trainExamples,
      Operand<TInt64> globalStep) {
    LearningRate rate = new LearningRate(training, trainExamples);
    Op done =
        Optimizers.of(training.optimizer())
            .apply(
                ops,
                variables,
                prepared(ops, variables, gradients, training),
                ops.dtypes.cast(rate.at(ops, globalStep), TFloat32.class),
                globalStep);
    Operand<TInt64> newest =
        ops.math.maximum(ops.math.sub(globalStep, ops.constant(1L)), ops.constant(0L));
    return new UpdateStep(done, rate.at(ops, newest));
  }

  private static List<Operand<TFloat32>> prepared(
      Ops ops, Variables variables, List<Operand<TFloat32>> gradients, TrainingSpec training) {
    // While the backward pass still reads a weight, its update would first copy it.
    Op all = ops.withControlDependencies(List.<Op>copyOf(gradients)).noOp();
    Ops after = ops.withControlDependencies(List.of(all));
    List<Operand<TFloat32>> prepared =
        gradients.stream().<Operand<TFloat32>>map(after::identity).toList();
    if (training.weightDecay() > 0) {
      prepared = WeightDecay.added(after, variables.weights(), prepared, training.weightDecay());
    }
    Double limit = training.globalClipNorm();
    return limit == null ? prepared : GlobalNorm.clipped(ops, prepared, limit);
  }
}
