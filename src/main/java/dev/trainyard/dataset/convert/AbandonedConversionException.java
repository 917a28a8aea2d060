package dev.trainyard.dataset.convert;

/** Nobody wants the dataset any more: it was cancelled, or another worker has it. */
public class AbandonedConversionException extends Exception {

  private static final long serialVersionUID = 1L;

  AbandonedConversionException() {
    super("Nobody wants it any more", null, false, false);
  }
}
