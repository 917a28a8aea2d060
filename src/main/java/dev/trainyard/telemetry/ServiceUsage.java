package dev.trainyard.telemetry;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** What the service's own process takes, beside what Spring Boot tells of it. */
@Component
class ServiceUsage {

  ServiceUsage(ServiceMetrics metrics) {
    ProcessHandle own = ProcessHandle.current();
    metrics.counter(
        TrainyardMetric.SERVICE_CPU,
        () -> own.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3);
  }
}
