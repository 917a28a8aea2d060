package dev.trainyard.trainer.protocol;

/** Why training came to its end. */
public enum TrainingEnd {
  /** All steps, or epochs, are done. */
  STEPS,
  /** Evaluations got no better. */
  EARLY_STOPPING,
  /** The time is used up. */
  TIME_LIMIT
}
