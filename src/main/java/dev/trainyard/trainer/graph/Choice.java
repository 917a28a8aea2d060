package dev.trainyard.trainer.graph;

import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TType;

/**
 * One of two computations, of which only the chosen one runs; a select would run both. A branch's
 * operations run for nothing unless they depend on the value that the branch is given.
 */
public final class Choice {

  private Choice() {}

  /** What {@code branch} makes of the value when {@code condition} holds, else the value itself. */
  public static <T extends TType> Operand<T> when(
      Ops ops, Operand<TBool> condition, Operand<T> value, UnaryOperator<Operand<T>> branch) {
    return between(ops, condition, value, branch::apply, value, same -> same);
  }

  /**
   * @param condition scalar
   */
  public static <T extends TType, F extends TType, R extends TType> Operand<R> between(
      Ops ops,
      Operand<TBool> condition,
      Operand<T> valueWhenTrue,
      Branch<T, R> whenTrue,
      Operand<F> valueWhenFalse,
      Branch<F, R> whenFalse) {
    Operand<R> yes = whenTrue.of(ops.switchCond(valueWhenTrue, condition).outputTrue());
    Operand<R> no = whenFalse.of(ops.switchCond(valueWhenFalse, condition).outputFalse());
    return ops.<R>merge(List.of(no, yes)).output();
  }

  /** A computation. */
  @FunctionalInterface
  public interface Branch<T extends TType, R extends TType> {
    Operand<R> of(Operand<T> value);
  }
}
