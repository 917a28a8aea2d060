package dev.trainyard.trainer.protocol;

import dev.trainyard.spec.JobSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a trainer process is told, as {@code plan.json}. Paths are absolute.
 *
 * @param attempt counts from 1; it fences what this process writes
 * @param data the shards and labels to train on
 * @param checkpoints folder that outlives attempts: {@code {step}/} each, published by rename
 * @param events folder for TensorBoard event files
 * @param export folder, not there yet, that the SavedModel appears in by rename
 */
public record TrainingPlan(
    String jobId,
    int attempt,
    JobSpec spec,
    Data data,
    Path checkpoints,
    Path events,
    Path export) {

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
}
