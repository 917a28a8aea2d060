package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.process.ProcessUsage;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.worker.executor.RunningTrainer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
    private volatile @Nullable RunningTrainer trainer;
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
      metrics.gauge(TrainyardMetric.TRAINER_MEMORY, this::memory, tag);
      metrics.counter(TrainyardMetric.TRAINER_CPU, this::cpuSeconds, tag);
    }

    void occupy() {
      busy = true;
    }

    void watch(RunningTrainer newTrainer) {
      trainer = newTrainer;
    }

    private double memory() {
      OptionalLong pid = pid();
      OptionalLong bytes = pid.isPresent() ? ProcessUsage.memory(pid.getAsLong()) : pid;
      return bytes.isPresent() ? bytes.getAsLong() : Double.NaN;
    }

    private double cpuSeconds() {
      OptionalLong pid = pid();
      return pid.isPresent()
          ? ProcessUsage.cpu(pid.getAsLong()).orElse(Duration.ZERO).toMillis() / 1e3
          : 0;
    }

    private OptionalLong pid() {
      RunningTrainer running = trainer;
      return running == null ? OptionalLong.empty() : running.pid();
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
      trainer = null;
      examplesPerSecond = Double.NaN;
      loss = Double.NaN;
      accuracy = Double.NaN;
      evaluationAccuracy = Double.NaN;
    }
  }
}
