package dev.trainyard.trainer.input.record;

/** The dataset holds something that cannot be trained on; the message names where and what. */
public final class BadRecordException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BadRecordException(String message, Throwable cause) {
    super(message, cause);
  }

  BadRecordException(String message) {
    super(message);
  }
}
