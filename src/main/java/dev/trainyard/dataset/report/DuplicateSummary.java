package dev.trainyard.dataset.report;

import java.util.List;

/**
 * Images with the same image data.
 *
 * @param groups of two images or more
 * @param copies images in them beside the first of each
 * @param acrossSplit groups with images in training and in validation; its images are the latter
 * @param conflictingLabels groups with several labels
 * @param leftOut new images that would have been on both sides of the split
 */
public record DuplicateSummary(
    long groups, long copies, Kind acrossSplit, Kind conflictingLabels, long leftOut) {

  /**
   * @param examples the first few groups; duplicates.csv has all
   */
  public record Kind(long groups, long images, List<Group> examples) {}

  /**
   * @param fingerprint of their image data
   */
  public record Group(String fingerprint, List<Member> images) {}

  /**
   * @param split {@code train}, {@code validation} or {@code none}
   */
  public record Member(String file, String label, String split) {}
}
