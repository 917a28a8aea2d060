package dev.trainyard.idempotency;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Removes expired keys in the background, at least every hour. */
@Component
class Pruning implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);
  private static final Duration AT_LEAST_EVERY = Duration.ofHours(1);

  private final IdempotencyKeys keys;
  private final Duration pause;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "idempotency-pruning");
            thread.setDaemon(true);
            return thread;
          });

  Pruning(IdempotencyKeys keys, IdempotencyProperties properties) {
    this.keys = keys;
    Duration half = properties.retention().dividedBy(2);
    this.pause = half.compareTo(AT_LEAST_EVERY) < 0 ? half : AT_LEAST_EVERY;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    timer.scheduleWithFixedDelay(this::prune, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void prune() {
    try {
      int pruned = keys.prune();
      if (pruned > 0) {
        LOG.debug("{} idempotency keys have expired", pruned);
      }
    } catch (RuntimeException e) {
      LOG.warn("Expired idempotency keys could not be removed: {}", e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
