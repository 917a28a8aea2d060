package dev.trainyard.dataset.image;

/** How closely a JPEG that may be kept as it is gets looked at. All others are decoded anyway. */
public enum ScanLevel {
  /** To its last bit: whatever breaks a decoder is found. */
  FULL,
  /**
   * Its header, its markers and its end: one that is cut short is found, one with wrong bits in
   * between is not. One in sixteen is looked at fully, for the colours.
   */
  FAST;

  private static final int ONE_IN = 16;

  boolean isFullFor(Fingerprint image) {
    return this == FULL || Long.remainderUnsigned(image.low(), ONE_IN) == 0;
  }
}
