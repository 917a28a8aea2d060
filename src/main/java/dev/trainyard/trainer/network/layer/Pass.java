package dev.trainyard.trainer.network.layer;

import dev.trainyard.trainer.graph.Variables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
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
  private final BatchPart part;
  private final List<Op> updates = new ArrayList<>();

  private Pass(
      Ops ops, Variables variables, long seed, @Nullable Operand<TInt64> step, BatchPart part) {
    this.ops = ops;
    this.variables = variables;
    this.seed = seed;
    this.step = step;
    this.part = part;
  }

  /**
   * @param seed of initial weights and of dropout
   * @param step the global step, a scalar: with the seed it decides what dropout drops, so that a
   *     resumed run drops the same
   */
  public static Pass training(Ops ops, Variables variables, long seed, Operand<TInt64> step) {
    return new Pass(ops, variables, seed, step, BatchPart.whole(1));
  }

  /**
   * A training pass over a part of the step's batch.
   *
   * @param part which one
   */
  public static Pass training(
      Ops ops, Variables variables, long seed, Operand<TInt64> step, BatchPart part) {
    return new Pass(ops, variables, seed, step, part);
  }

  /** Evaluation and serving: nothing random, nothing updated. */
  public static Pass inference(Ops ops, Variables variables, long seed) {
    return new Pass(ops, variables, seed, null, BatchPart.whole(1));
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
   * Uniform in [0, 1), of the shape of {@code values}; other numbers in each step and for each
   * {@code name}.
   *
   * @param values {@code [n, ...]}, n being the images of this pass
   * @throws IllegalStateException in an inference pass, where nothing is random
   */
  Operand<TFloat32> uniform(String name, Operand<TFloat32> values) {
    if (step == null) {
      throw new IllegalStateException("Inference is not random");
    }
    return part.uniform(ops, values, ops.stack(List.of(ops.constant(mixed(name)), step)));
  }

  /** The share of the step's batch that this pass sees, for what passes add up. */
  float share() {
    return part.share();
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
