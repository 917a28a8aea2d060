package dev.trainyard.trainer.network;

import dev.trainyard.trainer.graph.Variables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * One pass through a network, for training or for inference: where layers put their operations, the
 * variables that they share with other passes, and the updates that they ask a training step for.
 */
public final class Pass {

  private final Ops ops;
  private final Variables variables;
  private final long seed;
  private final @Nullable Operand<TInt64> step;
  private final List<Op> updates = new ArrayList<>();

  private Pass(Ops ops, Variables variables, long seed, @Nullable Operand<TInt64> step) {
    this.ops = ops;
    this.variables = variables;
    this.seed = seed;
    this.step = step;
  }

  /**
   * @param seed of initial weights and of dropout
   * @param step the global step, a scalar: with the seed it decides what dropout drops, so that a
   *     resumed run drops the same
   */
  public static Pass training(Ops ops, Variables variables, long seed, Operand<TInt64> step) {
    return new Pass(ops, variables, seed, step);
  }

  /** Evaluation and serving: nothing random, nothing updated. */
  public static Pass inference(Ops ops, Variables variables, long seed) {
    return new Pass(ops, variables, seed, null);
  }

  public Ops ops() {
    return ops;
  }

  public Variables variables() {
    return variables;
  }

  public boolean isTraining() {
    return step != null;
  }

  /**
   * A seed {@code [2]} for the stateless random operation {@code name} of this step.
   *
   * @throws IllegalStateException in an inference pass, where nothing is random
   */
  Operand<TInt64> stepSeed(String name) {
    if (step == null) {
      throw new IllegalStateException("Inference is not random");
    }
    return ops.stack(List.of(ops.constant(mixed(name)), step));
  }

  /**
   * A seed {@code [2]} for the initial value of the variable {@code name}, the same in every run.
   */
  Operand<TInt64> initialSeed(String name) {
    return ops.constant(new long[] {seed, name.hashCode()});
  }

  private long mixed(String name) {
    return seed * 31 + name.hashCode();
  }

  /** Has {@code update} done in every training step. */
  void onStep(Op update) {
    updates.add(update);
  }

  /** What a training step has to do besides changing the weights. */
  public List<Op> updates() {
    return List.copyOf(updates);
  }
}
