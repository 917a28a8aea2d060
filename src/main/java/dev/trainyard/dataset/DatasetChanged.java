package dev.trainyard.dataset;

/** A dataset has changed, or was deleted, in this process; published before the commit. */
public record DatasetChanged(String datasetId) {}
