package dev.trainyard.dataset.report;

import java.util.ArrayList;
import java.util.List;

/** Counts values between fixed edges. */
final class Histogram {

  private final double[] edges;
  private final long[] counts;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double sum;
  private long total;

  /**
   * What is shown of it.
   *
   * @param buckets from the first to the last that is not empty
   */
  public record View(double min, double max, double mean, List<Bucket> buckets) {}

  /**
   * @param from the smallest value in it
   * @param to the smallest above it
   */
  public record Bucket(double from, double to, long images) {}

  private Histogram(double... edges) {
    this.edges = edges;
    this.counts = new long[edges.length + 1];
  }

  static Histogram ofSides() {
    return new Histogram(
        16, 32, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 8192, 16384);
  }

  static Histogram ofRatios() {
    return new Histogram(0.1, 0.25, 0.5, 0.65, 0.8, 0.95, 1.05, 1.25, 1.55, 2, 4, 10);
  }

  static Histogram ofBytes() {
    double[] powers = new double[18];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = 1024L << i;
    }
    return new Histogram(powers);
  }

  void add(double value) {
    int bucket = 0;
    while (bucket < edges.length && value >= edges[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    sum += value;
    total++;
  }

  /** Images below a value, which is an edge. */
  long below(double edge) {
    long below = 0;
    for (int i = 0; i < edges.length && edges[i] <= edge; i++) {
      below += counts[i];
    }
    return below;
  }

  View view() {
    if (total == 0) {
      return new View(0, 0, 0, List.of());
    }
    int first = 0;
    int last = counts.length - 1;
    while (counts[first] == 0) {
      first++;
    }
    while (counts[last] == 0) {
      last--;
    }
    List<Bucket> buckets = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      double from = i == 0 ? 0 : edges[i - 1];
      double to = i == edges.length ? max : edges[i];
      buckets.add(new Bucket(from, to, counts[i]));
    }
    return new View(Rounded.of(min), Rounded.of(max), Rounded.of(sum / total), buckets);
  }
}
