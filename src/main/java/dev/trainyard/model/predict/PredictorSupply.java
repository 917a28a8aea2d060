package dev.trainyard.model.predict;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where new predictor processes come from. Some are started ahead and wait, warm, once it is likely
 * that any are needed; one that was taken is replaced, but not while its start would take the
 * processor from the model that is being loaded.
 */
final class PredictorSupply implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PredictorSupply.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** After one has died while it waited. */
  private static final Duration LONG_PAUSE = Duration.ofMinutes(5);

  private final PredictorLauncher launcher;
  private final ScheduledExecutorService timer;
  private final int wanted;
  private final Deque<Predictor> waiting = new ArrayDeque<>();
  private boolean expected;
  private boolean closed;

  PredictorSupply(PredictorLauncher launcher, ScheduledExecutorService timer, int wanted) {
    this.launcher = launcher;
    this.timer = timer;
    this.wanted = wanted;
  }

  /** From now on some wait. */
  synchronized void expect() {
    if (!expected && !closed && wanted > 0) {
      expected = true;
      timer.schedule(this::fill, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** One that is not yet loaded: the caller ends it. */
  Predictor take() throws PredictorEndedException {
    Predictor next;
    synchronized (this) {
      next = waiting.pollFirst();
      if (expected && next != null && !closed) {
        timer.schedule(
            this::fill, (next.isAlive() ? PAUSE : LONG_PAUSE).toMillis(), TimeUnit.MILLISECONDS);
      }
    }
    if (next != null && next.isAlive()) {
      return next;
    }
    return new Predictor(launcher, timer);
  }

  synchronized int waiting() {
    return (int) waiting.stream().filter(Predictor::isAlive).count();
  }

  @Override
  public void close() {
    List<Predictor> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(waiting);
      waiting.clear();
    }
    left.forEach(Predictor::close);
  }

  private synchronized void fill() {
    try {
      while (!closed && waiting.size() < wanted) {
        waiting.add(new Predictor(launcher, timer));
      }
    } catch (PredictorEndedException e) {
      log.warn("No predictor could be started ahead: {}", e.getMessage());
      timer.schedule(this::fill, LONG_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
