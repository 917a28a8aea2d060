package dev.trainyard.job;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Random;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Whether and when what went wrong is tried again. */
@Component
class RetryPolicy {

  /** Waiting is the cure for a full disk or memory that others have taken: it takes longer. */
  private static final int PATIENCE = 10;

  private static final int DOUBLINGS = 20;

  private final QueueProperties properties;
  private final Random random;

  @Autowired
  RetryPolicy(QueueProperties properties) {
    this(properties, new SecureRandom());
  }

  RetryPolicy(QueueProperties properties, Random random) {
    this.properties = properties;
    this.random = random;
  }

  /**
   * How long to wait after a failure: exponentially longer each time, and by chance between half of
   * that and all of it, so that jobs that failed together do not come back together.
   *
   * @param failures that there were, this one included
   */
  Duration backoff(JobReason reason, int failures) {
    Duration base = properties.backoff();
    if (reason == JobReason.DISK_FULL || reason == JobReason.OUT_OF_MEMORY) {
      base = base.multipliedBy(PATIENCE);
    }
    Duration grown = base.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    long longest = Math.min(grown.toMillis(), properties.maxBackoff().toMillis());
    return Duration.ofMillis((long) (longest * (0.5 + random.nextDouble() / 2)));
  }

  boolean isLostTooOften(int losses) {
    return losses >= properties.maxLosses();
  }
}
