package dev.trainyard.security;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each of many. Those that came longest ago are forgotten: to remember everybody
 * would be an attack by itself.
 */
public final class Buckets {

  private static final int MOST_KNOWN = 10_000;

  private final long capacity;
  private final long refill;
  private final Duration period;

  /** Guarded by itself. */
  private final Map<String, Bucket> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MOST_KNOWN;
        }
      };

  /**
   * @param capacity that can be saved up
   * @param refill in each period
   */
  public Buckets(long capacity, long refill, Duration period) {
    this.capacity = capacity;
    this.refill = refill;
    this.period = period;
  }

  public Bucket of(String name) {
    synchronized (known) {
      return known.computeIfAbsent(
          name,
          it ->
              Bucket.builder()
                  .addLimit(limit -> limit.capacity(capacity).refillGreedy(refill, period))
                  .build());
    }
  }
}
