package dev.trainyard.trainer.protocol;

/**
 * Why a trainer gave up by itself. Whether another attempt could help is the exit code's to say.
 */
public enum FailureReason {
  NON_FINITE_LOSS,
  DATA_ERROR,
  SPEC_ERROR,
  OUT_OF_MEMORY,
  DISK_FULL,
  ACCELERATOR_UNAVAILABLE,
  TRAINER_CRASHED
}
