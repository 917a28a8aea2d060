package dev.trainyard.trainer.protocol;

import dev.trainyard.spec.JobSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a trainer process is told, as {@code plan.json}. Paths are absolute.
 *
 * @param attempt counts from 1; it fences what this process writes
 * @param data the shards and labels to train on
 * @param checkpoints folder that outlives attempts: {@code {step}/} each, published by rename
 * @param events folder for TensorBoard event files
 * @param export folder, not there yet, that the SavedModel appears in by rename
 * @param scratch folder, made when it is needed, for what nobody else reads. It lies outside the
 *     folder that a later attempt takes over: TensorFlow makes the parents of what it writes, so an
 *     attempt that is over would make that folder again.
 * @param warmStart where the weights come from when there is no checkpoint yet
 * @param traceparent of the attempt, in W3C's form; null when nobody traces it
 */
public record TrainingPlan(
    String jobId,
    int attempt,
    JobSpec spec,
    Data data,
    Path checkpoints,
    Path events,
    Path export,
    Path scratch,
    @Nullable WarmStart warmStart,
    @Nullable String traceparent) {

  /** Where the evaluations of all attempts are kept. */
  public Path evaluations() {
    return checkpoints.resolveSibling("evaluations.json");
  }

  /** The global step to reach. */
  public long totalSteps() {
    return spec.training().totalSteps(data.trainExamples());
  }

  /**
   * The dataset's shards.
   *
   * @param labels class names; a record's {@code image/class/label} is index + 1
   * @param trainExamples records in all train shards
   * @param validationExamples records in all validation shards; may be 0
   */
  public record Data(
      List<Path> trainShards,
      List<Path> validationShards,
      List<String> labels,
      long trainExamples,
      long validationExamples) {}

  /**
   * Another network's weights.
   *
   * @param source what it is, for people
   * @param folder of a SavedModel, or of a job's checkpoints
   */
  public record WarmStart(String source, Kind kind, Path folder) {

    /** What is in the folder. */
    public enum Kind {
      SAVED_MODEL,
      CHECKPOINTS
    }
  }
}
