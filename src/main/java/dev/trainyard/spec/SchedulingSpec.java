package dev.trainyard.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When and where the job runs, and how often it may be tried.
 *
 * @param priority of jobs that wait, the higher comes first; what it is at the beginning
 * @param labels that a worker must have, all of them, to run the job
 * @param maxAttempts attempts that may fail before the job does; those that end for another reason,
 *     such as a worker that is lost or stopped, do not count
 * @param maxDuration of running, over all attempts; then the job fails, its last checkpoint kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SchedulingSpec(
    @Min(-100) @Max(100) Integer priority,
    @Size(max = 10) List<@ResourceName String> labels,
    @Min(1) @Max(100) Integer maxAttempts,
    @Nullable Duration maxDuration) {

  public SchedulingSpec(
      @Nullable Integer priority,
      @Nullable List<String> labels,
      @Nullable Integer maxAttempts,
      @Nullable Duration maxDuration) {
    this.priority = priority == null ? 0 : priority;
    this.labels = labels == null ? List.of() : sorted(labels);
    this.maxAttempts = maxAttempts == null ? 3 : maxAttempts;
    this.maxDuration = maxDuration;
  }

  /** Each once; a null is left for validation to refuse. */
  private static List<String> sorted(List<String> labels) {
    return labels.stream().anyMatch(label -> label == null)
        ? labels
        : List.copyOf(new TreeSet<>(labels));
  }

  static SchedulingSpec defaults() {
    return new SchedulingSpec(null, null, null, null);
  }
}
