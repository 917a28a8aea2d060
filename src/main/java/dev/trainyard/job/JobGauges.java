package dev.trainyard.job;

import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Jobs by state, counted at most once a second however many gauges one scrape reads. */
@Component
class JobGauges {

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Jobs jobs;
  private final Clock clock;
  private @Nullable Map<JobState, Long> counts;
  private Instant counted = Instant.MIN;

  JobGauges(Jobs jobs, ServiceMetrics metrics, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
    for (JobState state : JobState.values()) {
      metrics.gauge(
          TrainyardMetric.JOBS, () -> count(state), state.name().toLowerCase(Locale.ROOT));
    }
  }

  /** NaN while the database does not answer; one scrape asks it once. */
  private synchronized double count(JobState state) {
    Instant now = clock.instant();
    if (counted.isBefore(now.minus(FRESH))) {
      counts = fresh();
      counted = clock.instant();
    }
    return counts == null ? Double.NaN : counts.getOrDefault(state, 0L);
  }

  private @Nullable Map<JobState, Long> fresh() {
    try {
      Map<JobState, Long> fresh = new EnumMap<>(JobState.class);
      jobs.countByState().forEach(row -> fresh.put(row.getState(), row.getJobs()));
      return fresh;
    } catch (DataAccessException | TransactionException e) {
      return null; // requests and the health of the service tell of it
    }
  }
}
