package dev.trainyard.dataset.report;

/** What becomes of a validation image that is in training too. */
public enum DuplicatePolicy {
  KEEP,
  DROP
}
