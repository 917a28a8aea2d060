package dev.trainyard.job;

/** A job was submitted or cancelled: workers need not wait for their next look. */
public record QueueChanged(String jobId) {}
