package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.Conversion;
import dev.trainyard.dataset.convert.ConversionProgress;
import dev.trainyard.dataset.convert.ImageWorkers;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.storage.DiskSpace;
import dev.trainyard.storage.Storage;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Converts uploads in the background, in the order of their arrival. An upload is kept until its
 * dataset is READY or FAILED, so whatever a stop or a crash interrupts begins anew at the next
 * start.
 */
@Component
class DatasetConversions {

  private static final Logger LOG = LoggerFactory.getLogger(DatasetConversions.class);
  private static final long GRACE_SECONDS = 10;

  private final Datasets datasets;
  private final DiskSpace disk;
  private final ServiceMetrics metrics;
  private final ImageWorkers workers;
  private final ConversionAttempts attempts;
  private final ExecutorService executor;
  private final Map<String, ConversionProgress> running = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  DatasetConversions(
      Datasets datasets,
      Storage storage,
      DiskSpace disk,
      Clock clock,
      ServiceMetrics metrics,
      DatasetProperties properties) {
    this.datasets = datasets;
    this.disk = disk;
    this.metrics = metrics;
    this.workers =
        new ImageWorkers(
            Runtime.getRuntime().availableProcessors(),
            properties.maxBytesInFlight(),
            new ImageIntake(properties.maxPixels()));
    Conversion conversion =
        new Conversion(properties.archiveLimits(), properties.shardSize().toBytes(), workers);
    this.attempts = new ConversionAttempts(datasets, storage, clock, conversion);
    this.executor =
        Executors.newFixedThreadPool(
            properties.concurrentConversions(), task -> new Thread(task, "conversion"));
  }

  @EventListener(ApplicationReadyEvent.class)
  void resume() {
    datasets.findByStateOrderByCreateTime(DatasetState.CONVERTING).forEach(this::start);
  }

  void start(Dataset dataset) {
    if (running.putIfAbsent(dataset.id(), new ConversionProgress()) == null) {
      executor.execute(() -> convert(dataset));
    }
  }

  DatasetView.@Nullable Progress progress(String id) {
    ConversionProgress progress = running.get(id);
    return progress == null
        ? null
        : new DatasetView.Progress(progress.imagesDone(), progress.imagesTotal());
  }

  private void convert(Dataset dataset) {
    ConversionProgress progress = running.getOrDefault(dataset.id(), new ConversionProgress());
    try {
      disk.awaitRoom();
      long start = System.nanoTime();
      boolean ready = attempts.run(dataset, progress, () -> stopping);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      metrics.timer(TrainyardMetric.DATASET_CONVERSION, ready ? "ready" : "failed").record(took);
      count("converted", progress.imagesKept());
      count("reencoded", progress.imagesReencoded());
      count("quarantined", progress.imagesRefused());
    } catch (Exception e) {
      if (stopping) {
        LOG.info("Dataset {} will be converted at the next start", dataset.id());
      } else {
        LOG.error("Dataset {} could not even be marked as failed", dataset.id(), e);
      }
    } finally {
      running.remove(dataset.id());
    }
  }

  private void count(String outcome, long images) {
    metrics.counter(TrainyardMetric.DATASET_IMAGES, outcome).increment(images);
  }

  @PreDestroy
  void stop() throws InterruptedException {
    stopping = true;
    executor.shutdownNow();
    workers.close();
    if (!executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("A conversion has not stopped in time; it will begin anew at the next start");
    }
  }
}
