package dev.trainyard.dataset;

/** Implemented by whoever uses datasets, so that none is deleted from under it. */
public interface DatasetUse {

  boolean inUse(String datasetId);
}
