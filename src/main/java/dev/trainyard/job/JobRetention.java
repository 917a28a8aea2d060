package dev.trainyard.job;

import dev.trainyard.problem.ProblemException;
import dev.trainyard.retention.Chore;
import dev.trainyard.retention.Orphans;
import dev.trainyard.retention.RetentionProperties;
import dev.trainyard.retention.Waste;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deletes what finished jobs leave, and job folders that no job has. */
@Component
class JobRetention implements Chore {

  private static final int BATCH = 200;

  private final Jobs jobs;
  private final JobVerbs verbs;
  private final JobCatalog catalog;
  private final RetentionProperties properties;
  private final Orphans orphans;
  private final Waste waste;
  private final Storage storage;
  private final Clock clock;
  private final TransactionTemplate transaction;

  JobRetention(
      Jobs jobs,
      JobVerbs verbs,
      JobCatalog catalog,
      RetentionProperties properties,
      Orphans orphans,
      Waste waste,
      Storage storage,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.jobs = jobs;
    this.verbs = verbs;
    this.catalog = catalog;
    this.properties = properties;
    this.orphans = orphans;
    this.waste = waste;
    this.storage = storage;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public void tidy() throws IOException {
    orphans.sweep(storage.of("jobs"), id -> jobs.findById(id).isPresent());
    deleteJobs();
    deleteFiles(
        Waste.Kind.CHECKPOINTS, properties.checkpoints(), name -> name.startsWith("attempt-"));
    deleteFiles(Waste.Kind.EVENT_FILES, properties.eventFiles(), "events"::equals);
  }

  private void deleteJobs() throws IOException {
    if (properties.finishedJobs().isZero()) {
      return;
    }
    Instant before = clock.instant().minus(properties.finishedJobs());
    for (String id : jobs.endedBefore(before, JobState.UNFINISHED, Limit.of(BATCH))) {
      long bytes = waste.bytes(catalog.folder(id));
      try {
        verbs.delete(id);
        waste.count(Waste.Kind.JOBS, bytes);
      } catch (ProblemException e) {
        // Retried, needed or deleted meanwhile.
      }
    }
  }

  /** Begins with the folders, for most jobs have none any more. */
  private void deleteFiles(Waste.Kind kind, Duration kept, Predicate<String> names)
      throws IOException {
    Path root = storage.of("jobs");
    if (kept.isZero() || !Files.isDirectory(root)) {
      return;
    }
    Instant before = clock.instant().minus(kept);
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : (Iterable<Path>) folders::iterator) {
        if (!inside(folder, names).isEmpty()) {
          for (Path removed : remove(folder, names, before)) {
            waste.delete(kind, removed);
          }
        }
      }
    }
  }

  /** While the row is locked nobody can retry the job, or be queued to begin with its weights. */
  private List<Path> remove(Path folder, Predicate<String> names, Instant before) {
    String id = folder.getFileName().toString();
    List<Path> removed = new ArrayList<>();
    transaction.executeWithoutResult(
        status -> {
          if (jobs.lock(id).filter(job -> job.endedBefore(before)).isPresent()
              && !jobs.existsByWarmStartJobAndStateIn(id, JobState.UNFINISHED)) {
            try {
              for (Path path : inside(folder, names)) {
                removed.add(waste.remove(path));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    return removed;
  }

  private static List<Path> inside(Path folder, Predicate<String> names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(path -> names.test(path.getFileName().toString())).toList();
    }
  }
}
