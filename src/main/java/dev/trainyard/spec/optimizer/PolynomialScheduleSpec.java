package dev.trainyard.spec.optimizer;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * A rate that falls along a power of the time that is left: linearly, with a power of 1.
 *
 * @param duration how long it falls, after the warm-up; the rest of the training when left out
 * @param endLearningRate where it ends
 * @param power of the time that is left
 * @param cycle rises again after each duration, which each time is longer by the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolynomialScheduleSpec(
    @Positive @Nullable Double duration,
    @PositiveOrZero Double endLearningRate,
    @Positive Double power,
    Boolean cycle,
    Unit unit,
    @PositiveOrZero Double warmup)
    implements ScheduleSpec {

  public PolynomialScheduleSpec(
      @Nullable Double duration,
      @Nullable Double endLearningRate,
      @Nullable Double power,
      @Nullable Boolean cycle,
      @Nullable Unit unit,
      @Nullable Double warmup) {
    this.duration = duration;
    this.endLearningRate = endLearningRate == null ? 0.0001 : endLearningRate;
    this.power = power == null ? 1 : power;
    this.cycle = cycle != null && cycle;
    this.unit = unit == null ? Unit.STEPS : unit;
    this.warmup = warmup == null ? 0 : warmup;
  }
}
