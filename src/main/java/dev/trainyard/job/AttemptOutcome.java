package dev.trainyard.job;

/** How an attempt ended. */
public enum AttemptOutcome {
  SUCCEEDED,
  FAILED,
  /** Stopped because a client paused the job. */
  PAUSED,
  /** Stopped because a client cancelled the job. */
  CANCELLED,
  /** Stopped because its worker was. */
  STOPPED,
  /** Its worker died, or was cut off. */
  LOST
}
