package dev.trainyard.job;

import dev.trainyard.trainer.protocol.FailureReason;

/** Why a job is where it is: stable names for programs, beside the message for people. */
public enum JobReason {
  NON_FINITE_LOSS,
  DATA_ERROR,
  SPEC_ERROR,
  OUT_OF_MEMORY,
  DISK_FULL,
  /** No worker has the accelerator that the job asks for; or the trainer did not find it. */
  ACCELERATOR_UNAVAILABLE,
  TRAINER_CRASHED,
  /** The exported model could not be loaded back. */
  MODEL_UNUSABLE,
  /** The service died under the job. */
  WORKER_LOST,
  /** The service was stopped, and the job waits for its return. */
  WORKER_STOPPED,
  CANCELLED_BY_USER;

  public static JobReason of(FailureReason reason) {
    return valueOf(reason.name());
  }
}
