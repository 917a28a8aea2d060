package dev.trainyard.trainer.network;

import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * Batch normalization (Ioffe and Szegedy, 2015) of {@code [n, features]}, as {@code
 * tf.layers.batch_normalization} does it: momentum 0.99, epsilon 0.001. Training normalizes by the
 * batch's mean and (biased) variance and moves the averages; inference normalizes by the averages.
 */
record BatchNorm(String name) implements Layer {

  private static final float MOMENTUM = 0.99f;
  private static final float EPSILON = 1e-3f;

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    Ops ops = pass.ops();
    Shape shape = Shape.of(input.shape().get(1));
    Operand<TFloat32> gamma = variable(pass, "gamma", shape, Role.WEIGHT, 1).value();
    Operand<TFloat32> beta = variable(pass, "beta", shape, Role.WEIGHT, 0).value();
    Variable<TFloat32> movingMean = variable(pass, "moving_mean", shape, Role.STATISTIC, 0);
    Variable<TFloat32> movingVariance = variable(pass, "moving_variance", shape, Role.STATISTIC, 1);

    Operand<TFloat32> mean = movingMean.value();
    Operand<TFloat32> variance = movingVariance.value();
    if (pass.isTraining()) {
      mean = mean(ops, input);
      variance = mean(ops, ops.math.squaredDifference(input, ops.stopGradient(mean)));
      move(pass, movingMean, mean);
      move(pass, movingVariance, variance);
    }
    Operand<TFloat32> scale =
        ops.math.mul(ops.math.rsqrt(ops.math.add(variance, ops.constant(EPSILON))), gamma);
    return ops.math.add(ops.math.mul(input, scale), ops.math.sub(beta, ops.math.mul(mean, scale)));
  }

  private Variable<TFloat32> variable(
      Pass pass, String part, Shape shape, Role role, float initial) {
    return pass.variables()
        .float32(name + "/" + part, shape, role, () -> Initial.filled(pass.ops(), shape, initial));
  }

  private static Operand<TFloat32> mean(Ops ops, Operand<TFloat32> batch) {
    return ops.math.mean(batch, ops.constant(new int[] {0}), Mean.keepDims(false));
  }

  /** average -= (average - value) * (1 - momentum). */
  private static void move(Pass pass, Variable<TFloat32> average, Operand<TFloat32> value) {
    Ops ops = pass.ops();
    Operand<TFloat32> change =
        ops.math.mul(
            ops.math.sub(average.value(), value), ops.constant((1 - MOMENTUM) * pass.share()));
    pass.onStep(ops.assignSubVariableOp(average.handle(), change));
  }
}
