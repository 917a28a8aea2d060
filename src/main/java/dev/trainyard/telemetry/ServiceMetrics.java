package dev.trainyard.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Meters of the catalogue, and of nothing else: a value for each of its tags, in its order. */
@Component
public class ServiceMetrics {

  private final MeterRegistry registry;

  public ServiceMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  public Counter counter(TrainyardMetric metric, String... tagValues) {
    return Counter.builder(metric.metricName())
        .description(metric.description())
        .baseUnit(metric.unit())
        .tags(tags(metric, tagValues))
        .register(registry);
  }

  public Timer timer(TrainyardMetric metric, String... tagValues) {
    return Timer.builder(metric.metricName())
        .description(metric.description())
        .serviceLevelObjectives(metric.buckets().bounds())
        .tags(tags(metric, tagValues))
        .register(registry);
  }

  /** Of something that begins now; whoever asks stops the sample. */
  public LongTaskTimer.Sample active(TrainyardMetric metric, String... tagValues) {
    return LongTaskTimer.builder(metric.metricName())
        .description(metric.description())
        .tags(tags(metric, tagValues))
        .register(registry)
        .start();
  }

  /** A counter that asks {@code value} when it is read; it is held strongly. */
  public void counter(TrainyardMetric metric, Supplier<Number> value, String... tagValues) {
    FunctionCounter.builder(metric.metricName(), value, it -> it.get().doubleValue())
        .description(metric.description())
        .baseUnit(metric.unit())
        .tags(tags(metric, tagValues))
        .register(registry);
  }

  public DistributionSummary summary(TrainyardMetric metric, String... tagValues) {
    return DistributionSummary.builder(metric.metricName())
        .description(metric.description())
        .baseUnit(metric.unit())
        .tags(tags(metric, tagValues))
        .register(registry);
  }

  /** A gauge that asks {@code value} when it is read; it is held strongly. */
  public void gauge(TrainyardMetric metric, Supplier<Number> value, String... tagValues) {
    Gauge.builder(metric.metricName(), value)
        .description(metric.description())
        .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
        .tags(tags(metric, tagValues))
        .register(registry);
  }

  private static Tags tags(TrainyardMetric metric, String... values) {
    if (values.length != metric.tags().size()) {
      throw new IllegalArgumentException(metric + " has the tags " + metric.tags());
    }
    Tags tags = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      tags = tags.and(metric.tags().get(i), values[i]);
    }
    return tags;
  }
}
