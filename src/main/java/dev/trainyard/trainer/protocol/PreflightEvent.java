package dev.trainyard.trainer.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process reports that tries a job's first steps: one JSON object a line on its standard
 * output, told apart by {@code event}. Each is reported as soon as it is known, so that something
 * is known also when the time is up.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = PreflightEvent.Built.class, name = "built"),
  @JsonSubTypes.Type(value = PreflightEvent.Stepped.class, name = "stepped"),
  @JsonSubTypes.Type(value = PreflightEvent.Evaluated.class, name = "evaluated"),
  @JsonSubTypes.Type(value = PreflightEvent.Saved.class, name = "saved"),
  @JsonSubTypes.Type(value = PreflightEvent.Exported.class, name = "exported"),
  @JsonSubTypes.Type(value = PreflightEvent.Failed.class, name = "failed")
})
public sealed interface PreflightEvent {

  /**
   * The dataset was opened and the graph is built.
   *
   * @param parameters of the network
   * @param neededBytes of memory that a step takes at the least, by the graph
   * @param availableBytes of memory that this process can have in all
   * @param largestBatchSize that might fit, by the graph; 0 when none does
   * @param warnings for people
   */
  record Built(
      String device,
      String tensorflowVersion,
      long parameters,
      long neededBytes,
      long availableBytes,
      int largestBatchSize,
      List<String> warnings)
      implements PreflightEvent {}

  /**
   * Some real steps were made.
   *
   * @param startSeconds from the start of the process to the end of the first step, which builds
   *     what later steps use again
   * @param steps after the first
   * @param secondsPerStep their median, without the first
   * @param peakBytes of memory that the process has taken so far; null where nobody knows
   * @param largestBatchSize that should fit, by what the steps took
   */
  record Stepped(
      double startSeconds,
      int steps,
      double secondsPerStep,
      @Nullable Long peakBytes,
      int largestBatchSize)
      implements PreflightEvent {}

  /**
   * Some batches of the validation images were evaluated.
   *
   * @param batches of one whole evaluation
   */
  record Evaluated(double secondsPerBatch, long batches) implements PreflightEvent {}

  /** A checkpoint was written and forced to disk. */
  record Saved(long bytes, double seconds) implements PreflightEvent {}

  /**
   * The network was exported as a SavedModel, loaded back and tried.
   *
   * @param peakBytes of memory that all of this has taken; null where nobody knows
   */
  record Exported(long bytes, double seconds, @Nullable Long peakBytes) implements PreflightEvent {}

  /** The job would fail. {@code message} says what to do about it. */
  record Failed(FailureReason reason, String message) implements PreflightEvent {}
}
