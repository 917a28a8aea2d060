package dev.trainyard.job;

/** A job has changed, or was deleted, by whomever in this process; published before the commit. */
public record JobChanged(String jobId) {}
