package dev.trainyard.trainer.protocol;

/** How a trainer process ends; any other code means that it crashed and may be tried again. */
public enum ExitCode {
  FINISHED(0),
  RETRIABLE(1),
  STOPPED(3),
  NOT_RETRIABLE(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
