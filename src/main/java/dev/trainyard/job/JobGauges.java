package dev.trainyard.job;

import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Jobs by state, counted at most once a second however many gauges one scrape reads. */
@Component
class JobGauges {

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Jobs jobs;
  private final Clock clock;
  private Map<JobState, Long> counts = Map.of();
  private Instant counted = Instant.MIN;

  JobGauges(Jobs jobs, ServiceMetrics metrics, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
    for (JobState state : JobState.values()) {
      metrics.gauge(
          TrainyardMetric.JOBS, () -> count(state), state.name().toLowerCase(Locale.ROOT));
    }
  }

  private synchronized long count(JobState state) {
    Instant now = clock.instant();
    if (counted.isBefore(now.minus(FRESH))) {
      Map<JobState, Long> fresh = new EnumMap<>(JobState.class);
      jobs.countByState().forEach(row -> fresh.put(row.getState(), row.getJobs()));
      counts = fresh;
      counted = now;
    }
    return counts.getOrDefault(state, 0L);
  }
}
