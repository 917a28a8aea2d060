package dev.trainyard.spec.optimizer;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rate that stays the same up to and including each boundary, and changes after it.
 *
 * @param boundaries increasing; counted from the first step of all, the warm-up included
 * @param factors of the optimizer's rate: one before each boundary, and one after the last
 */
public record PiecewiseScheduleSpec(
    @NotEmpty @Size(min = 1, max = 1000) List<@NotNull @Positive Double> boundaries,
    @NotEmpty @Size(min = 1, max = 1001) List<@NotNull @PositiveOrZero Double> factors,
    Unit unit,
    @PositiveOrZero Double warmup)
    implements ScheduleSpec {

  public PiecewiseScheduleSpec(
      @Nullable List<Double> boundaries,
      @Nullable List<Double> factors,
      @Nullable Unit unit,
      @Nullable Double warmup) {
    this.boundaries = copy(boundaries);
    this.factors = copy(factors);
    this.unit = unit == null ? Unit.STEPS : unit;
    this.warmup = warmup == null ? 0 : warmup;
  }

  /** Not List.copyOf: a null in it is for the validation to name. */
  private static List<Double> copy(@Nullable List<Double> values) {
    return values == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(values));
  }
}
