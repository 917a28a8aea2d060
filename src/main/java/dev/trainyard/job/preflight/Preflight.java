package dev.trainyard.job.preflight;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job would take. Measured where the step could be tried, reckoned from the spec where it
 * could not; what cannot be known then is left out.
 *
 * @param secondsPerStep the median of a few real steps, without the first
 * @param estimatedDuration the sum of {@code durations}
 * @param warnings for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preflight(
    Trial trial,
    DatasetFigures dataset,
    long parameters,
    Memory memory,
    @Nullable Double secondsPerStep,
    @Nullable Double examplesPerSecond,
    long totalSteps,
    @Nullable Duration estimatedDuration,
    @Nullable Durations durations,
    Disk disk,
    List<String> warnings) {

  /** How far the job was tried. */
  public enum Result {
    /** Steps, checkpoint and export. */
    COMPLETE,
    /** The time was up; figures that came later are missing. */
    TIMED_OUT,
    /** This machine does not have the accelerator, or enough memory while a worker has more. */
    NOT_TRIED
  }

  /**
   * @param steps that were made
   * @param device such as {@code CPU, 2 threads}
   * @param message why it is not COMPLETE
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Trial(
      Result result,
      int steps,
      @Nullable String device,
      @Nullable String tensorflowVersion,
      @Nullable String message) {}

  /**
   * The dataset that the job would be trained on.
   *
   * @param classes how many
   */
  public record DatasetFigures(
      String id,
      String name,
      int version,
      int classes,
      long trainExamples,
      long validationExamples,
      List<String> warnings) {}

  /**
   * @param estimatedBytes that a step takes at the least, by arithmetic
   * @param measuredPeakBytes that the whole process took, from its start to the exported model
   * @param availableBytes that it could have had
   * @param largestBatchSize that should fit and that the dataset can fill
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Memory(
      long estimatedBytes,
      @Nullable Long measuredPeakBytes,
      @Nullable Long availableBytes,
      @Nullable Integer largestBatchSize) {}

  /**
   * @param start of the trainer, to the end of the first step
   * @param training the other steps
   * @param evaluations of the whole validation set, each
   * @param checkpoints what of them does not overlap with training
   * @param export with loading the model back
   */
  public record Durations(
      Duration start,
      Duration training,
      Duration evaluations,
      Duration checkpoints,
      Duration export) {

    Duration sum() {
      return start.plus(training).plus(evaluations).plus(checkpoints).plus(export);
    }
  }

  /**
   * @param keptCheckpointsBytes those that the job keeps, and the one that is being written
   * @param totalBytes checkpoints and model
   * @param availableBytes in the data folder
   */
  public record Disk(
      long checkpointBytes,
      long keptCheckpointsBytes,
      long modelBytes,
      long totalBytes,
      long availableBytes) {}
}
