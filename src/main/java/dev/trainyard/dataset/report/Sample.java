package dev.trainyard.dataset.report;

import java.util.Comparator;

/**
 * A record to show.
 *
 * @param label index in the labels
 * @param split {@code train} or {@code validation}
 * @param number by which those of its class and split are in order
 * @param shard file that holds it
 * @param offset of its frame, in bytes
 */
public record Sample(int label, String split, int number, String shard, long offset) {

  /** By class; training before validation. */
  public static final Comparator<Sample> ORDER =
      Comparator.comparingInt(Sample::label)
          .thenComparing(Sample::split)
          .thenComparingInt(Sample::number);

  public Sample numbered(int other) {
    return new Sample(label, split, other, shard, offset);
  }

  public Sample in(String otherShard) {
    return new Sample(label, split, number, otherShard, offset);
  }
}
