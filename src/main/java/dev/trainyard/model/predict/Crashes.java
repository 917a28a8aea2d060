package dev.trainyard.model.predict;

import java.time.Duration;

/**
 * Keeps a model whose process dies again and again from being restarted without end. Two deaths
 * cost no wait: so a request that kills the process harms nobody else. Guarded by its owner.
 */
final class Crashes {

  private static final int FREE = 2;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /** A process that has lived as long as this makes up for the deaths before it. */
  private static final Duration LONG_LIFE = Duration.ofMinutes(1);

  private int deaths;
  private long notBefore = System.nanoTime();

  void died(Duration age) {
    deaths = age.compareTo(LONG_LIFE) > 0 ? 1 : deaths + 1;
    if (deaths > FREE) {
      Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(deaths - FREE - 1, 20));
      wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
      notBefore = System.nanoTime() + wait.toNanos();
    }
  }

  /** Until another process may be started; zero or less when one may be now. */
  Duration left() {
    return Duration.ofNanos(notBefore - System.nanoTime());
  }
}
