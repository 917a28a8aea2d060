package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** What each slot is doing now, for dashboards; the series of a job are in its own history. */
@Component
@ConditionalOnRole(Role.WORKER)
class SlotGauges {

  private final List<Slot> slots;

  SlotGauges(WorkerProperties properties, ServiceMetrics metrics) {
    this.slots =
        IntStream.range(0, properties.slots()).mapToObj(n -> new Slot(n, metrics)).toList();
    metrics.gauge(TrainyardMetric.WORKER_SLOTS, () -> count(true), "busy");
    metrics.gauge(TrainyardMetric.WORKER_SLOTS, () -> count(false), "free");
  }

  Slot slot(int number) {
    return slots.get(number);
  }

  private long count(boolean busy) {
    return slots.stream().filter(slot -> slot.busy == busy).count();
  }

  /** One slot's gauges; written by its thread, read by scrapes. */
  static final class Slot {

    private volatile boolean busy;
    private volatile double examplesPerSecond = Double.NaN;
    private volatile double loss = Double.NaN;
    private volatile double accuracy = Double.NaN;
    private volatile double evaluationAccuracy = Double.NaN;

    private Slot(int number, ServiceMetrics metrics) {
      String tag = Integer.toString(number);
      metrics.gauge(TrainyardMetric.TRAINING_EXAMPLES_PER_SECOND, () -> examplesPerSecond, tag);
      metrics.gauge(TrainyardMetric.TRAINING_LOSS, () -> loss, tag);
      metrics.gauge(TrainyardMetric.TRAINING_ACCURACY, () -> accuracy, tag);
      metrics.gauge(TrainyardMetric.EVALUATION_ACCURACY, () -> evaluationAccuracy, tag);
    }

    void occupy() {
      busy = true;
    }

    void stepped(double newLoss, double newAccuracy, double rate) {
      loss = newLoss;
      accuracy = newAccuracy;
      examplesPerSecond = rate;
    }

    void evaluated(double newAccuracy) {
      evaluationAccuracy = newAccuracy;
    }

    void free() {
      busy = false;
      examplesPerSecond = Double.NaN;
      loss = Double.NaN;
      accuracy = Double.NaN;
      evaluationAccuracy = Double.NaN;
    }
  }
}
