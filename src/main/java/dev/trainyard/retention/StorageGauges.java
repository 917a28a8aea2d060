package dev.trainyard.retention;

import dev.trainyard.storage.Storage;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** How much of the disk the data folder's parts take. */
@Component
class StorageGauges implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StorageGauges.class);
  private static final List<String> PARTS =
      List.of("datasets", "jobs", "models", "archives", "tmp", "cache", "db");
  private static final int PAUSE_MINUTES = 5;

  private final Storage storage;
  private final Map<String, Double> bytes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread it = new Thread(task, "storage-gauges");
            it.setDaemon(true);
            return it;
          });

  StorageGauges(Storage storage, ServiceMetrics metrics) {
    this.storage = storage;
    for (String part : PARTS) {
      metrics.gauge(TrainyardMetric.STORAGE_USED, () -> bytes.getOrDefault(part, Double.NaN), part);
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    thread.scheduleWithFixedDelay(this::measure, 0, PAUSE_MINUTES, TimeUnit.MINUTES);
  }

  void measure() {
    for (String part : PARTS) {
      try {
        bytes.put(part, (double) size(storage.of(part)));
      } catch (IOException | RuntimeException e) {
        LOG.debug("{} could not be measured", part, e);
      }
    }
  }

  /** What is deleted meanwhile does not count. A file that two datasets have counts twice. */
  private static long size(Path folder) throws IOException {
    long[] sum = {0};
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return sum[0];
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
