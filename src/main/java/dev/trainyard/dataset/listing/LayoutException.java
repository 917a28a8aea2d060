package dev.trainyard.dataset.listing;

/** The upload's own words about its layout do not fit the archive. */
public class LayoutException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  LayoutException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The form field that would settle it. */
  public String field() {
    return field;
  }
}
