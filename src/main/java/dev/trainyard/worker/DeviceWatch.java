package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobQueue;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.worker.executor.TrainerExecutor;
import dev.trainyard.worker.executor.WorkerDevices;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the others of this worker's devices as they are found, and has a TPU looked for when the
 * first job asks for one.
 */
@Component
@ConditionalOnRole(Role.WORKER)
class DeviceWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceWatch.class);

  private static final String TPU = AcceleratorSpec.Type.TPU.name();

  private final TrainerExecutor executor;
  private final JobQueue queue;
  private final WorkerProperties properties;
  private final Membership lease;
  private Optional<WorkerDevices> told = Optional.empty();
  private boolean lookedForTpu;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "device-watch");
            thread.setDaemon(true);
            return thread;
          });

  DeviceWatch(
      TrainerExecutor executor,
      JobQueue queue,
      Membership lease,
      ServiceMetrics metrics,
      WorkerProperties properties) {
    this.executor = executor;
    this.queue = queue;
    this.lease = lease;
    this.properties = properties;
    for (AcceleratorSpec.Type type : AcceleratorSpec.Type.values()) {
      metrics.gauge(
          TrainyardMetric.WORKER_DEVICES, () -> count(type), type.name().toLowerCase(Locale.ROOT));
    }
    metrics.gauge(TrainyardMetric.STANDBY_TRAINERS, executor::standbys);
  }

  void start() {
    long poll = properties.pollInterval().toMillis();
    timer.scheduleWithFixedDelay(this::look, poll, poll, TimeUnit.MILLISECONDS);
  }

  /** Looks now: the queue has changed. */
  void lookNow() {
    if (properties.slots() > 0) {
      timer.execute(this::look);
    }
  }

  private void look() {
    try {
      if (executor.devices().isEmpty()) {
        return; // it is not known yet what there is
      }
      if (!lookedForTpu && queue.wants(TPU)) {
        lookedForTpu = true;
        executor.lookForTpu();
      }
      if (!executor.devices().equals(told)) {
        told = executor.devices();
        lease.offerChanged();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.debug("Waiting jobs could not be looked up", e);
    }
  }

  private long count(AcceleratorSpec.Type type) {
    Optional<WorkerDevices> known = executor.devices();
    return known.stream()
        .flatMap(all -> all.devices().stream())
        .filter(device -> device.type() == type)
        .count();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
