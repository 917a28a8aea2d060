package dev.trainyard.trainer.loop;

import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.network.Classification;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * Adds up on the device how training steps scored, so that the host need not look at each of them.
 *
 * @param counted adds what is computed to the sums
 * @param lossSum since the last look
 * @param correct likewise
 * @param examples likewise
 * @param learningRate of the newest step
 * @param reset begins new sums, once the present ones were read
 */
record StepScore(
    Op counted,
    Operand<TFloat64> lossSum,
    Operand<TInt64> correct,
    Operand<TInt64> examples,
    Operand<TFloat64> learningRate,
    Op reset) {

  /** What a look at the sums finds. */
  record Look(BatchScore score, double learningRate) {}

  static StepScore of(
      Ops ops, Variables variables, List<Classification> scores, Operand<TFloat64> learningRate) {
    Variable<TFloat64> lossSum = variables.sum("score/loss_sum");
    Variable<TInt64> correct = variables.transientCounter("score/correct");
    Variable<TInt64> examples = variables.transientCounter("score/examples");
    Op counted =
        ops.withControlDependencies(
                scores.stream()
                    .<Op>flatMap(
                        score ->
                            List.of(
                                ops.assignAddVariableOp(
                                    lossSum.handle(),
                                    ops.dtypes.cast(score.lossSum(), TFloat64.class)),
                                ops.assignAddVariableOp(correct.handle(), score.correct()),
                                ops.assignAddVariableOp(examples.handle(), score.examples()))
                                .stream())
                    .toList())
            .noOp();
    Ops read =
        ops.withControlDependencies(List.of(lossSum.value(), correct.value(), examples.value()));
    Op reset =
        ops.withControlDependencies(
                List.of(
                    read.assignVariableOp(lossSum.handle(), ops.constant(0.0)),
                    read.assignVariableOp(correct.handle(), ops.constant(0L)),
                    read.assignVariableOp(examples.handle(), ops.constant(0L))))
            .noOp();
    return new StepScore(
        counted, lossSum.value(), correct.value(), examples.value(), learningRate, reset);
  }

  /** The sums since the last call. */
  Look take(Session session) {
    try (Result result =
        session
            .runner()
            .fetch(lossSum)
            .fetch(correct)
            .fetch(examples)
            .fetch(learningRate)
            .addTarget(reset)
            .run()) {
      BatchScore score =
          new BatchScore(
              ((TFloat64) result.get(0)).getDouble(),
              ((TInt64) result.get(1)).getLong(),
              ((TInt64) result.get(2)).getLong());
      return new Look(score, ((TFloat64) result.get(3)).getDouble());
    }
  }
}
