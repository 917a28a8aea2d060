package dev.trainyard.trainer.loop;

import dev.trainyard.spec.TrainingSpec;
import org.jspecify.annotations.Nullable;

/**
 * The steps at which the loop has something else to do than to train.
 *
 * @param last the step that ends training
 * @param perEvaluation steps between evaluations
 * @param perCheckpoint steps between further checkpoints
 * @param perLook steps between two looks of the host
 */
record Milestones(long last, long perEvaluation, @Nullable Long perCheckpoint, int perLook) {

  static Milestones of(TrainingSpec spec, long last) {
    return new Milestones(
        last,
        spec.stepsPerEvaluation(),
        spec.checkpoint().steps(),
        Math.min(spec.iterationsPerLoop(), spec.lossCheckSteps()));
  }

  boolean isEvaluation(long step) {
    return step == last || step > 0 && step % perEvaluation == 0;
  }

  boolean isCheckpoint(long step) {
    return isEvaluation(step) || step > 0 && perCheckpoint != null && step % perCheckpoint == 0;
  }

  /** The first milestone after {@code step}. */
  long after(long step) {
    long next = Math.min(last, next(step, perEvaluation));
    return perCheckpoint == null ? next : Math.min(next, next(step, perCheckpoint));
  }

  /** How many steps to make before the next look; never past a milestone. */
  int untilLook(long step) {
    return (int) Math.min(perLook, after(step) - step);
  }

  private static long next(long step, long every) {
    return (step / every + 1) * every;
  }
}
