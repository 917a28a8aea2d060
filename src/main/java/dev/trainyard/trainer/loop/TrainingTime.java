package dev.trainyard.trainer.loop;

import dev.trainyard.spec.TrainingSpec;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time that training has taken, over all attempts, evaluations included. What is lost with a
 * process that dies, the steps since the last checkpoint, does not count.
 */
final class TrainingTime {

  private final @Nullable Duration limit;
  private final @Nullable Duration betweenCheckpoints;
  private final Duration before;
  private final LongSupplier nanoTime;
  private final long begin;
  private long checkpoint;

  /**
   * @param before what the checkpoint says that earlier attempts took
   * @param nanoTime {@link System#nanoTime} but in tests
   */
  TrainingTime(TrainingSpec spec, Duration before, LongSupplier nanoTime) {
    this.limit = spec.timeLimit();
    Integer minutes = spec.checkpoint().minutes();
    this.betweenCheckpoints = minutes == null ? null : Duration.ofMinutes(minutes);
    this.before = before;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
    this.checkpoint = begin;
  }

  Duration used() {
    return before.plusNanos(nanoTime.getAsLong() - begin);
  }

  boolean isUp() {
    return limit != null && used().compareTo(limit) >= 0;
  }

  /** A checkpoint is taken now. */
  void checkpointed() {
    checkpoint = nanoTime.getAsLong();
  }

  boolean isCheckpointDue() {
    return betweenCheckpoints != null
        && nanoTime.getAsLong() - checkpoint >= betweenCheckpoints.toNanos();
  }
}
