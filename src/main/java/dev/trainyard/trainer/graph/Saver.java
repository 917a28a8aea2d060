package dev.trainyard.trainer.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Saves and restores variables in TensorFlow's checkpoint format (version 2: an index and a data
 * file behind a common path prefix).
 *
 * <p>The names of its operations are those of Python's saver, by which the SavedModel exporter
 * finds them; TensorFlow Java's own saver leaves resource variables out.
 */
public final class Saver {

  private static final String FILENAME = "save/filename";
  private static final String RESTORE = "save/restore_all";

  private Saver() {}

  /** Adds the operations to the graph of {@code ops}, once all variables are there. */
  public static void add(Ops ops, Collection<Variable<?>> variables) {
    Ops save = ops.withSubScope("save");
    Operand<TString> filename =
        save.withName("filename").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    List<Operand<?>> values = new ArrayList<>();
    for (Variable<?> variable : variables) {
      values.add(save.readVariableOp(variable.handle(), variable.type()));
    }
    Op saved = write(save, filename, variables, values);
    save.withControlDependencies(List.of(saved)).withName("control_dependency").identity(filename);
    List<Op> assignments = read(save, filename, variables);
    save.withControlDependencies(assignments).withName("restore_all").noOp();
  }

  /** Writes {@code values}, one for each variable, under the variables' names. */
  static Op write(
      Ops ops,
      Operand<TString> filename,
      Collection<Variable<?>> variables,
      List<Operand<?>> values) {
    return ops.train.save(filename, names(ops, variables), whole(ops, variables), values);
  }

  /** Assigns to each variable what the checkpoint has under its name. */
  static List<Op> read(Ops ops, Operand<TString> filename, Collection<Variable<?>> variables) {
    List<Class<? extends TType>> types = new ArrayList<>();
    variables.forEach(variable -> types.add(variable.type()));
    Restore restored =
        ops.train.restore(filename, names(ops, variables), whole(ops, variables), types);
    List<Op> assignments = new ArrayList<>();
    for (Variable<?> variable : variables) {
      Operand<? extends TType> value = restored.tensors().get(assignments.size()).asOutput();
      assignments.add(ops.assignVariableOp(variable.handle(), value));
    }
    return assignments;
  }

  private static Operand<TString> names(Ops ops, Collection<Variable<?>> variables) {
    return ops.array(variables.stream().map(Variable::name).toArray(String[]::new));
  }

  /** Of each variable the whole, not a slice. */
  private static Operand<TString> whole(Ops ops, Collection<Variable<?>> variables) {
    return ops.array(variables.stream().map(variable -> "").toArray(String[]::new));
  }

  /** Reads the graph's variables by name; what else the checkpoint holds is left alone. */
  public static void restore(Session session, Path prefix) {
    try (TString filename = TString.scalarOf(prefix.toString())) {
      session.runner().feed(FILENAME, filename).addTarget(RESTORE).run().close();
    }
  }
}
