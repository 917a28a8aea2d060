package dev.trainyard.dataset;

import dev.trainyard.dataset.convert.Conversion;
import dev.trainyard.dataset.convert.ConversionException;
import dev.trainyard.dataset.convert.ConversionFailure;
import dev.trainyard.dataset.convert.ConversionProgress;
import dev.trainyard.dataset.convert.DatasetFolder;
import dev.trainyard.dataset.convert.ImageWorkers;
import dev.trainyard.dataset.convert.Manifest;
import dev.trainyard.dataset.image.ImageIntake;
import dev.trainyard.problem.DiskFull;
import dev.trainyard.storage.Storage;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

  private final Datasets datasets;
  private final Storage storage;
  private final Clock clock;
  private final ServiceMetrics metrics;
  private final ImageWorkers workers;
  private final Conversion conversion;
  private final ExecutorService executor;
  private final Map<String, ConversionProgress> running = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  DatasetConversions(
      Datasets datasets,
      Storage storage,
      Clock clock,
      ServiceMetrics metrics,
      DatasetProperties properties) {
    this.datasets = datasets;
    this.storage = storage;
    this.clock = clock;
    this.metrics = metrics;
    this.workers =
        new ImageWorkers(
            Runtime.getRuntime().availableProcessors(),
            properties.maxBytesInFlight(),
            new ImageIntake(properties.maxPixels()));
    this.conversion =
        new Conversion(properties.archiveLimits(), properties.shardSize().toBytes(), workers);
    this.executor =
        Executors.newFixedThreadPool(
            properties.concurrentConversions(), task -> new Thread(task, "conversion"));
  }

  /** Where an upload waits. */
  static Path upload(Storage storage, String id) {
    return storage.of("uploads", id);
  }

  /** Where a dataset's files are. */
  static Path folder(Storage storage, String id) {
    return storage.of("datasets", id);
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
    long start = System.nanoTime();
    try {
      boolean ready = attempt(dataset, progress);
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

  private boolean attempt(Dataset dataset, ConversionProgress progress) throws Exception {
    Path upload = upload(storage, dataset.id());
    Path folder = storage.newTemporaryFolder();
    try {
      Manifest manifest = run(dataset, upload, folder, progress);
      publish(folder, dataset);
      dataset.ready(manifest, clock.instant());
      datasets.save(dataset);
      LOG.info(
          "Dataset {} ({} version {}) is ready", dataset.id(), dataset.name(), dataset.version());
      storage.deleteTree(upload);
      return true;
    } catch (ConversionException e) {
      fail(dataset, e, folder, progress);
      storage.deleteTree(upload);
      return false;
    } finally {
      storage.deleteTree(folder);
    }
  }

  /** Every failure becomes a typed one here; that of a stopping service passes. */
  private Manifest run(Dataset dataset, Path upload, Path folder, ConversionProgress progress)
      throws Exception {
    if (!Files.exists(upload)) {
      throw new ConversionException(
          ConversionFailure.UPLOAD_LOST,
          "The service stopped before the upload was safe. Send it again.");
    }
    try {
      return conversion.run(upload, dataset.order(), folder, storage.newTemporaryFile(), progress);
    } catch (ConversionException e) {
      throw e;
    } catch (Exception e) {
      if (stopping) {
        throw e;
      }
      LOG.error("Dataset {} could not be converted", dataset.id(), e);
      throw DiskFull.isBehind(e)
          ? new ConversionException(
              ConversionFailure.DISK_FULL,
              "There is no space left for the shards. Make some and send it again.")
          : new ConversionException(
              ConversionFailure.INTERNAL_ERROR,
              "This is the service's fault, not the upload's; its log names dataset "
                  + dataset.id()
                  + ".");
    }
  }

  private void fail(
      Dataset dataset, ConversionException failure, Path folder, ConversionProgress progress) {
    try {
      Path kept = storage.newTemporaryFolder();
      DatasetFolder.keepQuarantine(folder, kept);
      publish(kept, dataset);
    } catch (IOException e) {
      LOG.warn("Dataset {} failed, and its quarantine list could not be kept", dataset.id(), e);
    }
    dataset.failed(failure.failure(), String.valueOf(failure.getMessage()), progress.quarantined());
    datasets.save(dataset);
    LOG.info("Dataset {} failed: {}", dataset.id(), failure.getMessage());
  }

  /** What a crash published before it was recorded makes way. */
  private void publish(Path complete, Dataset dataset) throws IOException {
    Path target = folder(storage, dataset.id());
    storage.deleteTree(target);
    storage.publish(complete, target);
  }

  @PreDestroy
  void stop() {
    stopping = true;
    executor.shutdownNow();
    workers.close();
  }
}
