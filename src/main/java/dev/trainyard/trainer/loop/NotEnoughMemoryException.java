package dev.trainyard.trainer.loop;

import org.jspecify.annotations.Nullable;

/** The job does not fit into memory; the message names a batch that would. */
public final class NotEnoughMemoryException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NotEnoughMemoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
