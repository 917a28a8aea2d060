package dev.trainyard.trainer.input;

import dev.trainyard.spec.InputSpec;
import dev.trainyard.trainer.checkpoint.DurableFiles;
import dev.trainyard.trainer.device.FreeMemory;
import dev.trainyard.trainer.input.record.BadRecordException;
import dev.trainyard.trainer.input.record.BadRecordFinder;
import dev.trainyard.trainer.input.record.UsableData;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;

/**
 * A job's images during one attempt: which records are used, and where decoded ones are kept.
 * Closing it deletes what was kept on disk; close the sessions that read from it first.
 */
public final class TrainingInput implements AutoCloseable {

  private final InputSpec spec;
  private final TrainingPlan.Data data;
  private final Path cacheFolder;
  private final @Nullable ImageCache cache;
  private final boolean deterministic;
  private final List<String> warnings;

  private TrainingInput(
      InputSpec spec,
      TrainingPlan.Data data,
      Path cacheFolder,
      @Nullable ImageCache cache,
      boolean deterministic,
      List<String> warnings) {
    this.spec = spec;
    this.data = data;
    this.cacheFolder = cacheFolder;
    this.cache = cache;
    this.deterministic = deterministic;
    this.warnings = warnings;
  }

  /**
   * Tests the records if the job tolerates bad ones, and makes room for the cache if it wants one.
   *
   * @throws BadRecordException when more records are bad than the job tolerates
   */
  public static TrainingInput open(TrainingPlan plan) throws IOException {
    return open(plan, FreeMemory::bytes);
  }

  static TrainingInput open(TrainingPlan plan, LongSupplier freeMemory) throws IOException {
    UsableData usable = UsableData.of(plan);
    List<String> warnings = new ArrayList<>(usable.warnings());
    InputSpec spec = plan.spec().input();
    Path folder = plan.scratch().resolve("cache");
    ImageCache cache =
        switch (spec.cache()) {
          case NONE -> null;
          case MEMORY ->
              fits(usable.data(), freeMemory.getAsLong(), "memory", warnings)
                  ? new ImageCache(null)
                  : null;
          case DISK -> {
            Files.createDirectories(folder);
            yield fits(usable.data(), CacheRoom.freeDisk(folder), "disk", warnings)
                ? new ImageCache(folder)
                : null;
          }
        };
    return new TrainingInput(
        spec,
        usable.data(),
        folder,
        cache,
        plan.spec().training().deterministic(),
        List.copyOf(warnings));
  }

  /** Half of what is free may be taken: training itself needs memory, and checkpoints disk. */
  private static boolean fits(
      TrainingPlan.Data data, long free, String where, List<String> warnings) throws IOException {
    List<Path> shards =
        Stream.concat(data.trainShards().stream(), data.validationShards().stream()).toList();
    OptionalLong needed =
        CacheRoom.needed(shards, data.trainExamples() + data.validationExamples());
    if (needed.isEmpty()) {
      warnings.add(
          "Decoded images are not cached: the records do not say how large their images are.");
      return false;
    }
    if (needed.getAsLong() > free / 2) {
      warnings.add(
          "Decoded images are not cached: they would take about %,d MB, and half of the free %s is"
                  .formatted(needed.getAsLong() >> 20, where)
              + " %,d MB.".formatted(free / 2 >> 20));
      return false;
    }
    return true;
  }

  /** The records that are used, with their counts; less than the plan's where bad ones are out. */
  public TrainingPlan.Data data() {
    return data;
  }

  /** For people: which records are left out, and why images are not cached if they are not. */
  public List<String> warnings() {
    return warnings;
  }

  /** The pipelines, in {@code graph}. */
  public InputFunction in(Graph graph) {
    return new InputFunction(graph, data, spec, cache, deterministic);
  }

  /** The record that explains why a pipeline failed, if it is one. */
  public Optional<BadRecordException> explain(RuntimeException failure) {
    return new BadRecordFinder(data).find(failure);
  }

  @Override
  public void close() {
    try {
      DurableFiles.deleteTree(cacheFolder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
