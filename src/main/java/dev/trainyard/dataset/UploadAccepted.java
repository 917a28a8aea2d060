package dev.trainyard.dataset;

/** A dataset waits for its conversion: a worker in this process need not wait for its next look. */
record UploadAccepted() {}
