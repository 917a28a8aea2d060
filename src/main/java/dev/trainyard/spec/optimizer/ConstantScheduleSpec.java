package dev.trainyard.spec.optimizer;

import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/** The optimizer's rate, all the time after the warm-up. */
public record ConstantScheduleSpec(Unit unit, @PositiveOrZero Double warmup)
    implements ScheduleSpec {

  public ConstantScheduleSpec(@Nullable Unit unit, @Nullable Double warmup) {
    this.unit = unit == null ? Unit.STEPS : unit;
    this.warmup = warmup == null ? 0 : warmup;
  }
}
