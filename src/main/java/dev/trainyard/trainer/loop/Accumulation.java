package dev.trainyard.trainer.loop;

import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import dev.trainyard.trainer.graph.Variables;
import dev.trainyard.trainer.network.layer.BatchPart;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Adds up the gradients of the parts of a batch, which are computed one after the other to save
 * memory. Between two steps it holds nothing that a checkpoint would need.
 *
 * @param begin begins a new sum with the part that is computed; nothing to do for a single part
 * @param add adds the part that is computed; likewise
 * @param total the sum so far, plus the part that is computed
 */
record Accumulation(
    Variable<TInt64> part, int parts, List<Op> begin, List<Op> add, List<Operand<TFloat32>> total) {

  private static final String PART = "accumulation/part";

  /** Which part of the step's batch is computed in this run. */
  static BatchPart part(Ops ops, Variables variables, int batchSize, int parts) {
    BatchPart whole = BatchPart.whole(batchSize);
    return parts == 1 ? whole : whole.part(ops, variables.transientCounter(PART).value(), parts);
  }

  /**
   * @param gradients of one part, one for each of the variables' weights, in their order
   * @param parts of a batch
   */
  static Accumulation of(
      Ops ops, Variables variables, List<Operand<TFloat32>> gradients, int parts) {
    Variable<TInt64> part = variables.transientCounter(PART);
    if (parts == 1) {
      return new Accumulation(part, parts, List.of(), List.of(), gradients);
    }
    List<Op> begin = new ArrayList<>();
    List<Op> add = new ArrayList<>();
    List<Operand<TFloat32>> total = new ArrayList<>();
    int index = 0;
    for (Variable<TFloat32> weight : variables.weights()) {
      Operand<TFloat32> gradient = gradients.get(index++);
      Variable<TFloat32> sum =
          variables.float32(
              "accumulation/" + weight.name(),
              weight.shape(),
              Role.TRANSIENT,
              () -> ops.zeros(ops.constant(weight.shape().asArray()), TFloat32.class));
      begin.add(ops.assignVariableOp(sum.handle(), gradient));
      add.add(ops.assignAddVariableOp(sum.handle(), gradient));
      total.add(ops.math.add(sum.value(), gradient));
    }
    return new Accumulation(part, parts, begin, add, total);
  }

  /**
   * What one step runs, one after the other.
   *
   * @param always to be done with each part
   * @param last to be done with the last one
   */
  List<Op> runs(Ops ops, List<Op> always, Op last) {
    if (parts == 1) {
      return List.of(last);
    }
    List<Op> runs = new ArrayList<>();
    runs.add(counted(ops, always, begin));
    for (int i = 1; i < parts - 1; i++) {
      runs.add(i == 1 ? counted(ops, always, add) : runs.get(1));
    }
    runs.add(
        ops.withControlDependencies(List.of(last))
            .assignVariableOp(part.handle(), ops.constant(0L)));
    return runs;
  }

  private Op counted(Ops ops, List<Op> always, List<Op> own) {
    List<Op> all = new ArrayList<>(always);
    all.addAll(own);
    return ops.withControlDependencies(all).assignAddVariableOp(part.handle(), ops.constant(1L));
  }
}
