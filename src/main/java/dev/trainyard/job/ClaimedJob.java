package dev.trainyard.job;

import dev.trainyard.spec.JobSpec;

/**
 * A job in a worker's hands.
 *
 * @param attempt the fencing token: what an older attempt reports is ignored
 */
public record ClaimedJob(String id, int attempt, JobSpec spec, String datasetId) {}
