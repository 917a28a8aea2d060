package dev.trainyard.job;

/** The row of the job is gone; its files are to follow. */
record JobDeleted(String id) {}
