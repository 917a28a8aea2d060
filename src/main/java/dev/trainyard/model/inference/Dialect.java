package dev.trainyard.model.inference;

/** In whose words a prediction is asked for. */
public enum Dialect {
  TENSORFLOW_SERVING("tensorflow_serving"),
  OPEN_INFERENCE("open_inference"),
  IMAGES("images");

  private final String tag;

  Dialect(String tag) {
    this.tag = tag;
  }

  String tag() {
    return tag;
  }
}
