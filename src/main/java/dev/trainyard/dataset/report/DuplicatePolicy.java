package dev.trainyard.dataset.report;

/** What becomes of a new image that would be on both sides of the split. */
public enum DuplicatePolicy {
  KEEP,
  DROP
}
