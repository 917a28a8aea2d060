package dev.trainyard.dataset;

/** A dataset is converted once; what it then is, it stays. */
public enum DatasetState {
  CONVERTING,
  READY,
  FAILED,
  CANCELLED
}
