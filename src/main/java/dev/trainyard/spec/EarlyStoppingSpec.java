package dev.trainyard.spec;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * Ends training when evaluations no longer get better, as Keras's callback of that name does.
 *
 * @param monitor the metric of the evaluations that is looked at
 * @param patience so many evaluations without an improvement end training
 * @param minDelta a smaller change does not count as an improvement
 */
public record EarlyStoppingSpec(
    EvaluationMetric monitor,
    @Min(1) @Max(10_000) Integer patience,
    @PositiveOrZero Double minDelta) {

  public EarlyStoppingSpec(
      @Nullable EvaluationMetric monitor, @Nullable Integer patience, @Nullable Double minDelta) {
    this.monitor = monitor == null ? EvaluationMetric.LOSS : monitor;
    this.patience = patience == null ? 3 : patience;
    this.minDelta = minDelta == null ? 0 : minDelta;
  }
}
