package dev.trainyard.trainer.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TString;

/**
 * What was taken over from another network's checkpoint.
 *
 * @param taken names of the variables that have its values now
 * @param kept the network's other variables, with their shapes: the checkpoint has none of the same
 *     name and shape
 */
public record Transfer(List<String> taken, List<String> kept) {

  /**
   * Gives the network's variables, and none of the optimizer's, the values that the checkpoint has
   * for them.
   *
   * @param prefix of the other's checkpoint, or of a SavedModel's variables
   */
  public static Transfer from(Path prefix, Graph graph, Session session, Variables variables) {
    Map<String, Shape> there = CheckpointContents.float32(prefix);
    List<Variable<?>> taken = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (Variable<?> variable : variables.all()) {
      if (variable.role().isOfNetwork()) {
        if (variable.shape().equals(there.get(variable.name()))) {
          taken.add(variable);
        } else {
          kept.add(variable.name() + " " + variable.shape());
        }
      }
    }
    if (!taken.isEmpty()) {
      Ops ops = Ops.create(graph).withSubScope("transfer");
      Operand<TString> filename = ops.constant(prefix.toString());
      List<Op> assignments = Saver.read(ops, filename, taken);
      session.runner().addTarget(ops.withControlDependencies(assignments).noOp()).run().close();
    }
    return new Transfer(taken.stream().<String>map(Variable::name).toList(), List.copyOf(kept));
  }
}
