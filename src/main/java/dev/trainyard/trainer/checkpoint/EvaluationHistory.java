package dev.trainyard.trainer.checkpoint;

import dev.trainyard.spec.EvaluationMetric;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/**
 * What the evaluations of a job have found so far, over all its attempts, as {@code
 * evaluations.json} beside its checkpoints. Each is on disk before anything is decided by it, so
 * that an attempt which goes on decides as the one before it did. Safe to use from several threads.
 */
public final class EvaluationHistory {

  /**
   * One evaluation.
   *
   * @param metrics by the names of {@link EvaluationMetric}
   */
  public record Entry(long step, Map<String, Double> metrics) {

    /**
     * @throws IllegalArgumentException when evaluations do not report the metric
     */
    public double value(EvaluationMetric metric) {
      Double value = metrics.get(metric.metricName());
      if (value == null) {
        throw new IllegalArgumentException(
            "Evaluations report " + metrics.keySet() + ", not " + metric.metricName() + ".");
      }
      return value;
    }
  }

  private record Stored(List<Entry> evaluations) {}

  private final Path file;
  private final TreeMap<Long, Entry> entries = new TreeMap<>();

  /**
   * Reads what earlier attempts found.
   *
   * @param step of the checkpoint that was restored: what was found after it is left out, for the
   *     weights that it was found of are gone
   */
  public EvaluationHistory(Path file, long step) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      try {
        for (Entry entry :
            SpecJson.MAPPER.readValue(Files.readAllBytes(file), Stored.class).evaluations()) {
          if (entry.step() <= step) {
            entries.put(entry.step(), entry);
          }
        }
      } catch (JacksonException e) {
        throw new IOException(file + " is not readable", e);
      }
    }
  }

  /** Adds an evaluation, in place of an earlier one of the same step. It is durable afterwards. */
  public synchronized void add(long step, Map<String, Double> metrics) throws IOException {
    entries.put(step, new Entry(step, Collections.unmodifiableMap(new TreeMap<>(metrics))));
    DurableFiles.write(
        file, SpecJson.MAPPER.writeValueAsBytes(new Stored(List.copyOf(entries.values()))));
  }

  public synchronized boolean has(long step) {
    return entries.containsKey(step);
  }

  /** In the order of their steps. */
  public synchronized List<Entry> all() {
    return List.copyOf(entries.values());
  }

  /** The step with the best value; the first of several. */
  public OptionalLong best(EvaluationMetric metric) {
    return bestFirst(metric).stream().mapToLong(Entry::step).findFirst();
  }

  /** All, from the best value to the worst; those with the same value by their steps. */
  public List<Entry> bestFirst(EvaluationMetric metric) {
    List<Entry> sorted = new ArrayList<>(all());
    Collections.sort(
        sorted, (a, b) -> Double.compare(metric.gain(b.value(metric), a.value(metric)), 0));
    return sorted;
  }
}
