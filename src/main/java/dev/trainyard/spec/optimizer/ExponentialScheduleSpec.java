package dev.trainyard.spec.optimizer;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * A rate that falls by the same factor again and again.
 *
 * @param duration how long it takes to fall by {@code decayRate} once, after the warm-up; the rest
 *     of the training when left out
 * @param decayRate the factor
 * @param staircase falls at once at the end of each duration, instead of evenly
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExponentialScheduleSpec(
    @Positive @Nullable Double duration,
    @Positive Double decayRate,
    Boolean staircase,
    Unit unit,
    @PositiveOrZero Double warmup)
    implements ScheduleSpec {

  public ExponentialScheduleSpec(
      @Nullable Double duration,
      @Nullable Double decayRate,
      @Nullable Boolean staircase,
      @Nullable Unit unit,
      @Nullable Double warmup) {
    this.duration = duration;
    this.decayRate = decayRate == null ? 0.1 : decayRate;
    this.staircase = staircase != null && staircase;
    this.unit = unit == null ? Unit.STEPS : unit;
    this.warmup = warmup == null ? 0 : warmup;
  }
}
