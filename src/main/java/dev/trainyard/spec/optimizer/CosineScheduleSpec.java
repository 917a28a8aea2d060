package dev.trainyard.spec.optimizer;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * A rate that falls along half a cosine (Loshchilov and Hutter, 2017, without restarts).
 *
 * @param duration how long it falls, after the warm-up; the rest of the training when left out
 * @param alpha the share of the optimizer's rate that is left in the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CosineScheduleSpec(
    @Positive @Nullable Double duration,
    @PositiveOrZero @DecimalMax("1") Double alpha,
    Unit unit,
    @PositiveOrZero Double warmup)
    implements ScheduleSpec {

  public CosineScheduleSpec(
      @Nullable Double duration,
      @Nullable Double alpha,
      @Nullable Unit unit,
      @Nullable Double warmup) {
    this.duration = duration;
    this.alpha = alpha == null ? 0 : alpha;
    this.unit = unit == null ? Unit.STEPS : unit;
    this.warmup = warmup == null ? 0 : warmup;
  }
}
