package dev.trainyard.dataset.traits;

import dev.trainyard.dataset.image.ScanLevel;

/**
 * What is kept of all images together.
 *
 * @param images in the file
 * @param scan how closely each of them was looked at, or more
 * @param colours the images that colours were taken of; the sums of their means, and of their
 *     squares, in three channels each
 */
public record TraitsTotals(int images, ScanLevel scan, long[] colours) {

  private static final int SUMS = 7;
  static final int BYTES = Integer.BYTES + 1 + SUMS * Long.BYTES;

  static TraitsTotals none() {
    return new TraitsTotals(0, ScanLevel.FULL, new long[SUMS]);
  }

  /** Of these images and others. */
  public TraitsTotals and(int others, ScanLevel theirs, long[] theirColours) {
    long[] sums = colours.clone();
    for (int i = 0; i < SUMS; i++) {
      sums[i] += theirColours[i];
    }
    ScanLevel least =
        scan == ScanLevel.FAST || theirs == ScanLevel.FAST ? ScanLevel.FAST : ScanLevel.FULL;
    return new TraitsTotals(Math.addExact(images, others), least, sums);
  }
}
