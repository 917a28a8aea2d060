package dev.trainyard.dataset;

import dev.trainyard.dataset.archive.AllowedFolders;
import dev.trainyard.dataset.convert.Conversion;
import dev.trainyard.dataset.convert.ImageWorkers;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Role;
import dev.trainyard.storage.DiskSpace;
import dev.trainyard.storage.Storage;
import dev.trainyard.telemetry.ServiceMetrics;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Converts uploads in the background, in the order of their arrival. An upload is kept until its
 * dataset is READY or FAILED, so whatever a stop or a crash interrupts begins anew, here or with
 * another worker.
 */
@Component
@ConditionalOnRole(Role.WORKER)
class DatasetConversions implements SmartLifecycle {

  private final ConversionQueue queue;
  private final Membership lease;
  private final Storage storage;
  private final DiskSpace disk;
  private final Clock clock;
  private final ServiceMetrics metrics;
  private final Tracer tracer;
  private final DatasetProperties properties;
  private volatile @Nullable ConversionThreads threads;

  DatasetConversions(
      ConversionQueue queue,
      Membership lease,
      Storage storage,
      DiskSpace disk,
      Clock clock,
      ServiceMetrics metrics,
      Tracer tracer,
      DatasetProperties properties) {
    this.queue = queue;
    this.lease = lease;
    this.storage = storage;
    this.disk = disk;
    this.clock = clock;
    this.metrics = metrics;
    this.tracer = tracer;
    this.properties = properties;
  }

  @Override
  public void start() {
    ImageWorkers images =
        new ImageWorkers(
            Runtime.getRuntime().availableProcessors(),
            properties.maxBytesInFlight(),
            new ImageIntake(properties.maxPixels(), properties.maxJpegScans()));
    Conversion conversion =
        new Conversion(properties.archiveLimits(), properties.shardSize().toBytes(), images);
    AllowedFolders folders = new AllowedFolders(properties.allowedFolders());
    threads =
        new ConversionThreads(
            queue,
            new ConversionAttempts(queue, storage, clock, conversion, folders),
            images,
            lease,
            disk,
            metrics,
            tracer,
            !folders.isEmpty(),
            properties.concurrentConversions());
  }

  @EventListener
  void on(UploadAccepted upload) {
    ConversionThreads current = threads;
    if (current != null) {
      current.wake();
    }
  }

  @Override
  public void stop() {
    ConversionThreads current = threads;
    threads = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public boolean isRunning() {
    return threads != null;
  }
}
