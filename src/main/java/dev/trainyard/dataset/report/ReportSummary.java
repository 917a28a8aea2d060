package dev.trainyard.dataset.report;

import java.util.List;

/**
 * A report in a few figures.
 *
 * @param largestToSmallest images of the largest class for each of the smallest
 * @param copies images that are there already
 * @param acrossSplit validation images that are in training too
 * @param conflictingLabels images that come with several labels
 * @param leftOut new images that would have been on both sides of the split
 * @param reencoded images that are not stored byte for byte
 */
public record ReportSummary(
    List<String> warnings,
    double largestToSmallest,
    long copies,
    long acrossSplit,
    long conflictingLabels,
    long leftOut,
    long reencoded) {}
