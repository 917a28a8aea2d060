package dev.trainyard.security.web;

/** Settings with which the service would let in whom it should not. It does not start with them. */
final class UnsafeSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String action;

  /**
   * @param action what to do about it
   */
  UnsafeSettingsException(String message, String action) {
    super(message);
    this.action = action;
  }

  String action() {
    return action;
  }
}
