package dev.trainyard.dataset.listing;

/** What a record is for. */
public enum Split {
  TRAIN,
  VALIDATION
}
