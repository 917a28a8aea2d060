package dev.trainyard.dataset.image;

/** Why an image is set aside, as a phrase that follows the image's name. */
public class UnusableImageException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusableImageException(String reason) {
    super(reason, null, false, false); // told to people, in thousands; the stack says nothing
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
