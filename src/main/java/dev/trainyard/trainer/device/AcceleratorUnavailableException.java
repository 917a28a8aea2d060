package dev.trainyard.trainer.device;

/** The job asks for an accelerator that this machine or this TensorFlow does not have. */
public final class AcceleratorUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  AcceleratorUnavailableException(String message) {
    super(message);
  }
}
