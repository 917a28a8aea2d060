package dev.trainyard.job;

import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import io.micrometer.core.instrument.Counter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts attempts that have ended without a model, by no wish of a user. */
@Component
class Setbacks {

  private final ServiceMetrics metrics;

  Setbacks(ServiceMetrics metrics) {
    this.metrics = metrics;
    for (JobReason reason : JobReason.values()) { // Prometheus sees no increase from nothing to 1
      if (!reason.isWish()) {
        of(reason, JobState.QUEUED);
        of(reason, JobState.FAILED);
      }
    }
  }

  /** To be called when the job is where it goes next. */
  void count(Job job) {
    JobReason reason = job.reason();
    if (reason != null && !reason.isWish()) {
      of(reason, job.state()).increment();
    }
  }

  private Counter of(JobReason reason, JobState state) {
    return metrics.counter(TrainyardMetric.JOB_SETBACKS, tag(reason), tag(state));
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
