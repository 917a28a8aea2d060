package dev.trainyard.trainer.network.layer;

import dev.trainyard.trainer.graph.Variable;
import dev.trainyard.trainer.graph.Variable.Role;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Batch normalization (Ioffe and Szegedy, 2015) of {@code [n, features]} or {@code [n, h, w,
 * channels]}, as {@code tf.layers.batch_normalization} does it. Training normalizes by the batch's
 * mean and (biased) variance and moves the averages; inference normalizes by the averages. The
 * variance that moves the average is the biased one for features and the unbiased one for channels,
 * where TensorFlow's fused operation computes it.
 *
 * @param momentum of the moving averages
 * @param epsilon keeps the divisor away from 0
 * @param gamma what the scale starts at
 */
public record BatchNorm(String name, float momentum, float epsilon, float gamma) implements Layer {

  /** With the momentum and epsilon of {@code tf.layers}. */
  public BatchNorm(String name) {
    this(name, 0.99f, 1e-3f, 1);
  }

  @Override
  public Operand<TFloat32> apply(Pass pass, Operand<TFloat32> input) {
    int rank = input.shape().numDimensions();
    Shape shape = Shape.of(input.shape().get(rank - 1));
    Operand<TFloat32> scale = variable(pass, "gamma", shape, Role.WEIGHT, gamma).value();
    Operand<TFloat32> offset = variable(pass, "beta", shape, Role.WEIGHT, 0).value();
    Variable<TFloat32> mean = variable(pass, "moving_mean", shape, Role.STATISTIC, 0);
    Variable<TFloat32> variance = variable(pass, "moving_variance", shape, Role.STATISTIC, 1);
    return rank == 4
        ? fused(pass, input, scale, offset, mean, variance)
        : plain(pass, input, scale, offset, mean, variance);
  }

  private Operand<TFloat32> fused(
      Pass pass,
      Operand<TFloat32> input,
      Operand<TFloat32> scale,
      Operand<TFloat32> offset,
      Variable<TFloat32> movingMean,
      Variable<TFloat32> movingVariance) {
    Ops ops = pass.ops();
    if (!pass.isTraining()) {
      return ops.nn
          .fusedBatchNorm(
              input,
              scale,
              offset,
              movingMean.value(),
              movingVariance.value(),
              FusedBatchNorm.isTraining(false),
              FusedBatchNorm.epsilon(epsilon))
          .y();
    }
    Operand<TFloat32> none = ops.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> normalized =
        ops.nn.fusedBatchNorm(input, scale, offset, none, none, FusedBatchNorm.epsilon(epsilon));
    move(pass, movingMean, normalized.batchMean());
    move(pass, movingVariance, normalized.batchVariance());
    return normalized.y();
  }

  private Operand<TFloat32> plain(
      Pass pass,
      Operand<TFloat32> input,
      Operand<TFloat32> scale,
      Operand<TFloat32> offset,
      Variable<TFloat32> movingMean,
      Variable<TFloat32> movingVariance) {
    Ops ops = pass.ops();
    Operand<TFloat32> mean = movingMean.value();
    Operand<TFloat32> variance = movingVariance.value();
    if (pass.isTraining()) {
      mean = mean(ops, input);
      variance = mean(ops, ops.math.squaredDifference(input, ops.stopGradient(mean)));
      move(pass, movingMean, mean);
      move(pass, movingVariance, variance);
    }
    Operand<TFloat32> factor =
        ops.math.mul(ops.math.rsqrt(ops.math.add(variance, ops.constant(epsilon))), scale);
    return ops.math.add(
        ops.math.mul(input, factor), ops.math.sub(offset, ops.math.mul(mean, factor)));
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
  private void move(Pass pass, Variable<TFloat32> average, Operand<TFloat32> value) {
    Ops ops = pass.ops();
    Operand<TFloat32> change =
        ops.math.mul(
            ops.math.sub(average.value(), value), ops.constant((1 - momentum) * pass.share()));
    pass.onStep(ops.assignSubVariableOp(average.handle(), change));
  }
}
