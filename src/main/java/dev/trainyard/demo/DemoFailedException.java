package dev.trainyard.demo;

/** The main job did not succeed. The message says what failed and where to look. */
class DemoFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  DemoFailedException(String message) {
    super(message);
  }
}
