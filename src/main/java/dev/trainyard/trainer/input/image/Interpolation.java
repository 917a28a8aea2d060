package dev.trainyard.trainer.input.image;

/** TensorFlow 1's resizing operations: neither half-pixel centres nor aligned corners. */
enum Interpolation {
  /** As the article does it. */
  BILINEAR,
  /** As the reference ResNet does it; Keys' kernel with a = -0.75. */
  BICUBIC
}
