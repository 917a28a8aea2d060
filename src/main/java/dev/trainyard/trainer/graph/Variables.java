package dev.trainyard.trainer.graph;

import dev.trainyard.trainer.graph.Variable.Role;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * The variables of one graph, by name. Asking twice for a name gives the same variable: that is how
 * the training and the evaluation network share their weights.
 */
public final class Variables {

  private final Graph graph;
  private final Ops ops;
  private final Map<String, Variable<?>> byName = new LinkedHashMap<>();

  public Variables(Graph graph) {
    this.graph = graph;
    this.ops = Ops.create(graph);
  }

  /**
   * The float32 variable of that name, made when it is not there yet.
   *
   * @param initialValue builds what it starts as, of {@code shape}
   */
  public Variable<TFloat32> float32(
      String name, Shape shape, Role role, Supplier<Operand<TFloat32>> initialValue) {
    return get(name, TFloat32.class, DataType.DT_FLOAT, shape, role, initialValue);
  }

  /** The int64 scalar of that name, 0 at first. */
  public Variable<TInt64> counter(String name) {
    return get(
        name,
        TInt64.class,
        DataType.DT_INT64,
        Shape.scalar(),
        Role.TRAINING,
        () -> ops.constant(0L));
  }

  /** The float64 scalar of that name, which adds something up and is never saved. */
  public Variable<TFloat64> sum(String name) {
    return get(
        name,
        TFloat64.class,
        DataType.DT_DOUBLE,
        Shape.scalar(),
        Role.TRANSIENT,
        () -> ops.constant(0.0));
  }

  /** The int64 scalar of that name, 0 at first, which is never saved. */
  public Variable<TInt64> transientCounter(String name) {
    return get(
        name,
        TInt64.class,
        DataType.DT_INT64,
        Shape.scalar(),
        Role.TRANSIENT,
        () -> ops.constant(0L));
  }

  @SuppressWarnings("unchecked") // the type is checked
  private <T extends TType> Variable<T> get(
      String name,
      Class<T> type,
      DataType dataType,
      Shape shape,
      Role role,
      Supplier<Operand<T>> initialValue) {
    Variable<?> known = byName.get(name);
    if (known != null) {
      if (known.type() != type || !known.shape().equals(shape)) {
        throw new IllegalArgumentException(
            "Variable " + name + " is " + known.shape() + " already, not " + shape);
      }
      return (Variable<T>) known;
    }
    Operand<T> initial = initialValue.get();
    // Not through Ops: its scopes refuse the slashes that Python shows a variable's layer by.
    Output<?> handle =
        graph
            .opBuilder("VarHandleOp", name, ops.scope())
            .setAttr("dtype", dataType)
            .setAttr("shape", shape)
            .setAttr("shared_name", name)
            .build()
            .output(0);
    Variable<T> variable =
        new Variable<>(
            name,
            type,
            shape,
            role,
            handle,
            ops.readVariableOp(handle, type),
            initial,
            ops.assignVariableOp(handle, initial));
    byName.put(name, variable);
    return variable;
  }

  /** In the order in which they were made. */
  public Collection<Variable<?>> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** Those that a checkpoint holds. */
  public List<Variable<?>> saved() {
    return all().stream().filter(variable -> variable.role() != Role.TRANSIENT).toList();
  }

  /** Those that gradients change. */
  @SuppressWarnings("unchecked") // weights are float32
  public List<Variable<TFloat32>> weights() {
    return all().stream()
        .filter(variable -> variable.role() == Role.WEIGHT)
        .map(variable -> (Variable<TFloat32>) variable)
        .toList();
  }

  /** How many values the network has: weights and statistics, without the optimizer's. */
  public long parameters() {
    return all().stream()
        .filter(variable -> variable.role().isOfNetwork())
        .mapToLong(variable -> variable.shape().size())
        .sum();
  }

  /** Gives every variable its initial value. */
  public Op initializer() {
    return initializer(all());
  }

  /** Gives those variables their initial value that no checkpoint holds. */
  public Op transientInitializer() {
    return initializer(
        all().stream().filter(variable -> variable.role() == Role.TRANSIENT).toList());
  }

  private Op initializer(Collection<Variable<?>> variables) {
    List<Op> initializers = variables.stream().map(Variable::initializer).toList();
    return ops.withControlDependencies(initializers).noOp();
  }
}
