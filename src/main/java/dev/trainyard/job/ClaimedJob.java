package dev.trainyard.job;

import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.telemetry.trace.Traceparent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job in a worker's hands.
 *
 * @param attempt the fencing token: what an older attempt reports is ignored
 * @param warmStart the spec's, a model with its version; null for random weights
 * @param timeLeft of the spec's {@code maxDuration}; null for no limit
 * @param waited in the queue, which the claim has ended
 */
public record ClaimedJob(
    String id,
    int attempt,
    JobSpec spec,
    String datasetId,
    @Nullable WarmStartSpec warmStart,
    @Nullable Duration timeLeft,
    Wait waited) {

  /**
   * @param trace of the job's submission; null when an earlier release took it
   */
  public record Wait(@Nullable Traceparent trace, Instant from, Instant until) {}
}
