package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * When training writes a checkpoint, besides each evaluation and the end, and which ones it keeps.
 *
 * @param steps also after every so many steps
 * @param minutes also when so many minutes have passed since the last one
 * @param keepLast how many of the newest are kept
 * @param keepBest also keeps the one with the best value of this metric; none when left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckpointSpec(
    @Min(1) @Max(1_000_000_000) @Nullable Long steps,
    @Min(1) @Max(10_080) @Nullable Integer minutes,
    @Min(1) @Max(100) Integer keepLast,
    @Nullable EvaluationMetric keepBest) {

  public CheckpointSpec(
      @Nullable Long steps,
      @Nullable Integer minutes,
      @Nullable Integer keepLast,
      @Nullable EvaluationMetric keepBest) {
    this.steps = steps;
    this.minutes = minutes;
    this.keepLast = keepLast == null ? 3 : keepLast;
    this.keepBest = keepBest;
  }

  static CheckpointSpec defaults() {
    return new CheckpointSpec(null, null, null, null);
  }
}
