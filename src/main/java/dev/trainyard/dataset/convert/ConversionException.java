package dev.trainyard.dataset.convert;

/** The upload cannot become a dataset; the message is for its sender. */
public class ConversionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ConversionFailure failure;

  public ConversionException(ConversionFailure failure, String message) {
    super(message);
    this.failure = failure;
  }

  public ConversionFailure failure() {
    return failure;
  }
}
