package dev.trainyard.trainer.loop;

/** The plan asks for something that cannot be trained; the message names the field. */
public final class PlanException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public PlanException(String message) {
    super(message);
  }
}
