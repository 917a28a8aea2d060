package dev.trainyard.job;

import dev.trainyard.trainer.protocol.FailureReason;

/** Why a job is where it is: stable names for programs, beside the message for people. */
public enum JobReason {
  NON_FINITE_LOSS,
  DATA_ERROR,
  SPEC_ERROR,
  OUT_OF_MEMORY,
  DISK_FULL,
  /** The trainer did not find the accelerator that the job asks for. */
  ACCELERATOR_UNAVAILABLE,
  TRAINER_CRASHED,
  /** The exported model could not be loaded back. */
  MODEL_UNUSABLE,
  /** It ran longer than its {@code scheduling.maxDuration}. */
  DEADLINE_EXCEEDED,
  /** The worker died under the job, or was cut off. */
  WORKER_LOST,
  /** The worker was stopped, and the job waits for another, or for its return. */
  WORKER_STOPPED,
  PAUSED_BY_USER,
  RESUMED_BY_USER,
  RETRIED_BY_USER,
  CANCELLED_BY_USER;

  /** Whether it is what a user asked for. */
  boolean isWish() {
    return name().endsWith("_BY_USER");
  }

  public static JobReason of(FailureReason reason) {
    return valueOf(reason.name());
  }
}
