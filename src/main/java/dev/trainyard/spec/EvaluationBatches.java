package dev.trainyard.spec;

/**
 * How the validation images are cut into batches.
 *
 * @param size images a batch; 0 when they cannot fill one
 * @param fullOnly whether images that do not fill the last batch are left out
 * @param leftOut how many that are
 */
public record EvaluationBatches(int size, boolean fullOnly, long leftOut) {

  /**
   * Without {@code training.evaluateRemainder} the size is rounded down to a multiple of {@code
   * accelerator.replicas}, and there is at least one batch if the images can fill one of that size.
   *
   * @param validationExamples images to evaluate on; with none, the batches hold as many training
   *     images as a training step takes at once, and nothing counts as left out
   */
  public static EvaluationBatches of(JobSpec spec, long validationExamples) {
    TrainingSpec training = spec.training();
    Integer asked = training.evaluationBatchSize();
    // What a part of a training step has memory for, an evaluation step has memory for.
    int part = Math.max(1, training.batchSize() / training.gradientAccumulationSteps());
    if (validationExamples == 0) {
      return new EvaluationBatches(part, !training.evaluateRemainder(), 0);
    }
    int wanted = asked != null ? asked : part;
    int size = (int) Math.min(wanted, validationExamples);
    if (training.evaluateRemainder()) {
      return new EvaluationBatches(size, false, 0);
    }
    size -= size % spec.accelerator().replicas();
    return new EvaluationBatches(
        size, true, size == 0 ? validationExamples : validationExamples % size);
  }
}
