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
  private static final String SAVE = "save/control_dependency";
  private static final String RESTORE = "save/restore_all";

  private Saver() {}

  /** Adds the operations to the graph of {@code ops}, once all variables are there. */
  public static void add(Ops ops, Collection<Variable<?>> variables) {
    Ops save = ops.withSubScope("save");
    Operand<TString> filename =
        save.withName("filename").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    Operand<TString> names =
        save.array(variables.stream().map(Variable::name).toArray(String[]::new));
    Operand<TString> whole = save.array(variables.stream().map(v -> "").toArray(String[]::new));

    List<Operand<?>> values = new ArrayList<>();
    List<Class<? extends TType>> types = new ArrayList<>();
    for (Variable<?> variable : variables) {
      values.add(save.readVariableOp(variable.handle(), variable.type()));
      types.add(variable.type());
    }
    Op saved = save.train.save(filename, names, whole, values);
    save.withControlDependencies(List.of(saved)).withName("control_dependency").identity(filename);

    Restore restored = save.train.restore(filename, names, whole, types);
    List<Op> assignments = new ArrayList<>();
    int index = 0;
    for (Variable<?> variable : variables) {
      Operand<? extends TType> value = restored.tensors().get(index++).asOutput();
      assignments.add(save.assignVariableOp(variable.handle(), value));
    }
    save.withControlDependencies(assignments).withName("restore_all").noOp();
  }

  /** Writes {@code prefix.index} and {@code prefix.data-00000-of-00001}. */
  public static void save(Session session, Path prefix) {
    run(session, SAVE, prefix);
  }

  /** Reads the graph's variables by name; what else the checkpoint holds is left alone. */
  public static void restore(Session session, Path prefix) {
    run(session, RESTORE, prefix);
  }

  private static void run(Session session, String operation, Path prefix) {
    try (TString filename = TString.scalarOf(prefix.toString())) {
      session.runner().feed(FILENAME, filename).addTarget(operation).run().close();
    }
  }
}
