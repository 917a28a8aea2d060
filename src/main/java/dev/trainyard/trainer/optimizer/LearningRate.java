package dev.trainyard.trainer.optimizer;

import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.spec.optimizer.ConstantScheduleSpec;
import dev.trainyard.spec.optimizer.CosineScheduleSpec;
import dev.trainyard.spec.optimizer.ExponentialScheduleSpec;
import dev.trainyard.spec.optimizer.PiecewiseScheduleSpec;
import dev.trainyard.spec.optimizer.PolynomialScheduleSpec;
import dev.trainyard.spec.optimizer.ScheduleSpec;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The learning rate as a function of the global step, in the graph. Formulas are those of Keras 3's
 * schedules, with a linear warm-up from 0 before them as its CosineDecay has it. Computed in double
 * precision, since float32 has no step numbers above 16,777,216.
 */
final class LearningRate {

  private final double initial;
  private final ScheduleSpec schedule;
  private final long trainExamples;
  private final int batchSize;
  private final double warmup;
  private final double rest;

  /**
   * @param trainExamples images of an epoch
   */
  LearningRate(TrainingSpec training, long trainExamples) {
    this.initial = training.optimizer().learningRate();
    this.schedule = training.schedule();
    this.trainExamples = trainExamples;
    this.batchSize = training.batchSize();
    this.warmup = steps(schedule.warmup());
    this.rest = Math.max(1, training.totalSteps(trainExamples) - warmup);
  }

  /**
   * @param step scalar: how many steps were made before the one that the rate is for
   * @return scalar
   */
  Operand<TFloat64> at(Ops ops, Operand<TInt64> step) {
    if (schedule instanceof ConstantScheduleSpec && warmup == 0) {
      return constant(ops, initial);
    }
    Operand<TFloat64> now = ops.dtypes.cast(step, TFloat64.class);
    Operand<TFloat64> rate = scheduled(ops, now);
    if (warmup > 0) {
      Operand<TFloat64> rising =
          ops.math.mul(ops.math.div(now, constant(ops, warmup)), constant(ops, first()));
      rate = ops.select(ops.math.less(now, constant(ops, warmup)), rising, rate);
    }
    return rate;
  }

  /** The rate that the warm-up rises to. */
  private double first() {
    return schedule instanceof PiecewiseScheduleSpec piecewise
        ? initial * piecewise.factors().get(0)
        : initial;
  }

  private Operand<TFloat64> scheduled(Ops ops, Operand<TFloat64> now) {
    if (schedule instanceof PiecewiseScheduleSpec piecewise) {
      return piecewise(ops, piecewise, now);
    }
    Operand<TFloat64> since =
        ops.math.maximum(ops.math.sub(now, constant(ops, warmup)), constant(ops, 0));
    if (schedule instanceof ExponentialScheduleSpec exponential) {
      return exponential(ops, exponential, since);
    }
    if (schedule instanceof CosineScheduleSpec cosine) {
      return cosine(ops, cosine, since);
    }
    if (schedule instanceof PolynomialScheduleSpec polynomial) {
      return polynomial(ops, polynomial, since);
    }
    return constant(ops, initial);
  }

  /** The rate of the first boundary that is not passed. */
  private Operand<TFloat64> piecewise(Ops ops, PiecewiseScheduleSpec spec, Operand<TFloat64> now) {
    double[] boundaries = spec.boundaries().stream().mapToDouble(this::steps).toArray();
    double[] rates = spec.factors().stream().mapToDouble(factor -> initial * factor).toArray();
    Operand<TBool> passed = ops.math.greater(now, ops.constant(boundaries));
    Operand<TInt32> count = ops.sum(ops.dtypes.cast(passed, TInt32.class), ops.constant(0));
    return ops.gather(ops.constant(rates), count, ops.constant(0));
  }

  /** {@code initial * decayRate^(since / duration)}; a staircase rounds the exponent down. */
  private Operand<TFloat64> exponential(
      Ops ops, ExponentialScheduleSpec spec, Operand<TFloat64> since) {
    Operand<TFloat64> times = ops.math.div(since, constant(ops, duration(spec.duration())));
    Operand<TFloat64> exponent = spec.staircase() ? ops.math.floor(times) : times;
    return scaled(ops, initial, ops.math.pow(constant(ops, spec.decayRate()), exponent));
  }

  /** {@code initial * ((1 - alpha) * (1 + cos(pi * done)) / 2 + alpha)}. */
  private Operand<TFloat64> cosine(Ops ops, CosineScheduleSpec spec, Operand<TFloat64> since) {
    Operand<TFloat64> done = done(ops, since, constant(ops, duration(spec.duration())));
    Operand<TFloat64> wave =
        ops.math.add(ops.math.cos(scaled(ops, Math.PI, done)), constant(ops, 1));
    Operand<TFloat64> share =
        ops.math.add(scaled(ops, (1 - spec.alpha()) / 2, wave), constant(ops, spec.alpha()));
    return scaled(ops, initial, share);
  }

  /** {@code (initial - end) * (1 - done)^power + end}. */
  private Operand<TFloat64> polynomial(
      Ops ops, PolynomialScheduleSpec spec, Operand<TFloat64> since) {
    Operand<TFloat64> duration = constant(ops, duration(spec.duration()));
    if (spec.cycle()) {
      Operand<TFloat64> cycles = ops.math.ceil(ops.math.div(since, duration));
      duration = ops.math.mul(duration, ops.math.maximum(cycles, constant(ops, 1)));
    }
    Operand<TFloat64> left = ops.math.sub(constant(ops, 1), done(ops, since, duration));
    Operand<TFloat64> power = ops.math.pow(left, constant(ops, spec.power()));
    double end = spec.endLearningRate();
    return ops.math.add(scaled(ops, initial - end, power), constant(ops, end));
  }

  private static Operand<TFloat64> done(
      Ops ops, Operand<TFloat64> since, Operand<TFloat64> duration) {
    return ops.math.minimum(ops.math.div(since, duration), constant(ops, 1));
  }

  private double duration(@Nullable Double length) {
    return length == null ? rest : steps(length);
  }

  private double steps(double length) {
    return schedule.unit() == ScheduleSpec.Unit.EPOCHS
        ? length * trainExamples / batchSize
        : length;
  }

  private static Operand<TFloat64> scaled(Ops ops, double factor, Operand<TFloat64> value) {
    return ops.math.mul(value, constant(ops, factor));
  }

  private static Operand<TFloat64> constant(Ops ops, double value) {
    return ops.constant(value);
  }
}
