package dev.trainyard.retention;

import dev.trainyard.storage.Storage;
import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Deletes, and counts what that freed. */
@Component
public class Waste {

  /** What is deleted: the bounded tag of the metric. */
  public enum Kind {
    CHECKPOINTS,
    EVENT_FILES,
    JOBS,
    DATASETS,
    UPLOADS,
    ORPHANS;

    private String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Storage storage;
  private final ServiceMetrics metrics;

  Waste(Storage storage, ServiceMetrics metrics) {
    this.storage = storage;
    this.metrics = metrics;
  }

  /**
   * Makes a folder or file disappear in one step.
   *
   * @return where it waits to be deleted; the same process may do that after what it decided by is
   *     committed, and a later start does it otherwise
   */
  public Path remove(Path path) throws IOException {
    Path removed = storage.newTemporaryFile();
    try {
      Files.move(path, removed, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Somebody else has removed it: then there is nothing to delete.
    }
    return removed;
  }

  public void delete(Kind kind, Path path) throws IOException {
    long bytes = bytes(path);
    storage.deleteTree(path);
    count(kind, bytes);
  }

  /** Counts what was deleted otherwise. */
  public void count(Kind kind, long bytes) {
    metrics.counter(TrainyardMetric.RETENTION_FREED, kind.tag()).increment(bytes);
  }

  /** Of all files below; 0 when it is not there. */
  public long bytes(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    } catch (NoSuchFileException e) {
      return 0;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return 0; // it goes while it is counted
      }
      throw e.getCause();
    }
  }
}
