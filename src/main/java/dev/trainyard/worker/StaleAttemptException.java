package dev.trainyard.worker;

import java.io.IOException;
import java.nio.file.Path;

/** A later attempt works in the job's folder: this one is over and may touch nothing. */
class StaleAttemptException extends IOException {

  private static final long serialVersionUID = 1L;

  StaleAttemptException(Path job, int attempt) {
    super("Attempt %d is over: a later one works in %s".formatted(attempt, job));
  }
}
