package dev.trainyard.trainer.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.DestroyResourceOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Holds on to the values of all variables at one moment, so that they can be written while training
 * goes on.
 *
 * <p>Each variable has a shadow, a second resource variable. Assigning a variable's value to its
 * shadow copies nothing: both refer to one buffer. An operation that updates a variable looks
 * whether its buffer is referred to elsewhere, and if so copies it first (TensorFlow's {@code
 * PrepareToUpdateVariable}). That is copy-on-write: the next training step pays for the copy, in
 * the threads that it computes with, and the shadows stay as they were.
 */
public final class Snapshot {

  /** Runs the graph in the calling thread, not in the threads that training computes with. */
  private static final RunOptions HERE = RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final Op take;
  private final Placeholder<TString> filename;
  private final Op save;
  private final Operand<TBool> finite;
  private final Op release;

  /** Adds shadows of {@code variables} to the graph, once all variables are there. */
  public Snapshot(Graph graph, Collection<Variable<?>> variables) {
    Ops ops = Ops.create(graph).withSubScope("snapshot");
    List<Op> assignments = new ArrayList<>();
    List<Op> ends = new ArrayList<>();
    List<Operand<?>> values = new ArrayList<>();
    Operand<TBool> allFinite = ops.constant(true);
    for (Variable<?> variable : variables) {
      Output<?> shadow = shadow(graph, ops, variable);
      assignments.add(
          ops.assignVariableOp(shadow, ops.readVariableOp(variable.handle(), variable.type())));
      ends.add(ops.destroyResourceOp(shadow, DestroyResourceOp.ignoreLookupError(true)));
      Operand<?> value = ops.readVariableOp(shadow, variable.type());
      values.add(value);
      if (variable.type() == TFloat32.class) {
        allFinite =
            ops.math.logicalAnd(allFinite, finite(ops, value.asOutput().expect(TFloat32.class)));
      }
    }
    this.take = ops.withControlDependencies(assignments).noOp();
    this.release = ops.withControlDependencies(ends).noOp();
    this.filename = ops.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    this.save = Saver.write(ops, filename, variables, values);
    this.finite = allFinite;
  }

  private static Output<?> shadow(Graph graph, Ops ops, Variable<?> variable) {
    String name = "snapshot/" + variable.name();
    return graph
        .opBuilder("VarHandleOp", name, ops.scope())
        .setAttr("dtype", variable.value().asOutput().dataType())
        .setAttr("shape", variable.shape())
        .setAttr("shared_name", name)
        .build()
        .output(0);
  }

  private static Operand<TBool> finite(Ops ops, Operand<TFloat32> value) {
    Operand<TFloat32> flat = ops.reshape(value, ops.constant(new int[] {-1}));
    return ops.all(ops.math.isFinite(flat), ops.constant(0));
  }

  /** Keeps the values that the variables have now. No step may run meanwhile. */
  public void take(Session session) {
    session.runner().addTarget(take).run().close();
  }

  /** Whether no kept value is a NaN or an infinity. */
  public boolean isFinite(Session session) {
    try (Result result = session.runner().setOptions(HERE).fetch(finite).run()) {
      return ((TBool) result.get(0)).getBoolean();
    }
  }

  /** Writes the kept values as a checkpoint of the variables. */
  public void save(Session session, Path prefix) {
    try (TString name = TString.scalarOf(prefix.toString())) {
      session.runner().setOptions(HERE).feed(filename, name).addTarget(save).run().close();
    }
  }

  /** Frees the kept values. */
  public void release(Session session) {
    session.runner().setOptions(HERE).addTarget(release).run().close();
  }
}
