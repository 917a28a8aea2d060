package dev.trainyard.trainer.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/** A function under construction: its arguments in order, what it computes, and its results. */
public final class FunctionBody {

  private final Ops ops;
  private final List<Output<?>> arguments = new ArrayList<>();
  private final List<Output<?>> results = new ArrayList<>();

  FunctionBody(Ops ops) {
    this.ops = ops;
  }

  public Ops ops() {
    return ops;
  }

  /** The function's next argument. */
  public <T extends TType> Operand<T> argument(Class<T> type) {
    Operand<T> argument = ops.placeholder(type);
    arguments.add(argument.asOutput());
    return argument;
  }

  /** Makes {@code value} the function's next result. */
  public void result(Operand<?> value) {
    results.add(value.asOutput());
  }

  List<Output<?>> arguments() {
    return arguments;
  }

  List<Output<?>> results() {
    return results;
  }
}
