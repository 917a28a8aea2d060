package dev.trainyard.fleet;

/** What a process does. */
public enum Role {
  /** Answers requests. */
  API,
  /** Converts datasets and runs jobs. */
  WORKER
}
