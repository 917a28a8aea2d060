package dev.trainyard.model.predict;

/** A predictor process ended, or was ended, before it had answered. */
public class PredictorEndedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean timedOut;

  PredictorEndedException(String message, boolean timedOut) {
    super(message);
    this.timedOut = timedOut;
  }

  /** True when it was killed because its time was up; false when it ended by itself. */
  public boolean timedOut() {
    return timedOut;
  }
}
