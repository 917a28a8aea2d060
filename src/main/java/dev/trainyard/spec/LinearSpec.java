package dev.trainyard.spec;

/**
 * Logistic regression on the pixels: one dense layer from all of them to the classes. What every
 * other network has to beat.
 */
public record LinearSpec() implements ModelSpec {

  @Override
  public int minimumImageSize() {
    return 1;
  }

  @Override
  public String type() {
    return "linear";
  }
}
