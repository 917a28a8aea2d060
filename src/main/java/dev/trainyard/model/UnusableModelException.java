package dev.trainyard.model;

/** A model that cannot be registered because it cannot be served. The message says why. */
public class UnusableModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableModelException(String message) {
    super(message);
  }

  UnusableModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
