package dev.trainyard.web.polling;

import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The requests that wait or listen, for whatever: one thread looks on behalf of all, so that a
 * request that waits holds a connection of its client, but no thread and no connection to the
 * database.
 */
@Component
public class Waits {

  private static final int GRACE_SECONDS = 5;

  private final EntityTags tags;
  private final Semaphore seats;
  private final ScheduledThreadPoolExecutor looking;
  private final List<Runnable> looks = new CopyOnWriteArrayList<>();
  private volatile boolean closing;

  Waits(EntityTags tags, ServiceMetrics metrics, PollingProperties properties) {
    this.tags = tags;
    this.seats = new Semaphore(properties.waitingRequests());
    this.looking =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "waiting-requests");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // when all is over
    looking.setRemoveOnCancelPolicy(true);
    int all = properties.waitingRequests();
    metrics.gauge(TrainyardMetric.WAITING_REQUESTS, () -> all - seats.availablePermits());
    long interval = properties.interval().toMillis();
    looking.scheduleWithFixedDelay(this::lookAtAll, interval, interval, TimeUnit.MILLISECONDS);
  }

  /**
   * Room for those that wait for one kind of resource.
   *
   * @param look those of some ids that are there, in one query
   * @param id of a resource
   * @param ended whether nothing more will become of it
   */
  public <V> WaitingRoom<V> room(
      Function<Collection<String>, List<V>> look, Function<V, String> id, Predicate<V> ended) {
    WaitingRoom<V> room = new WaitingRoom<>(this, look, id, ended);
    alsoLook(room::lookAtAll);
    return room;
  }

  /** Whenever it is looked for news; it must be quick, and must not fail. */
  public void alsoLook(Runnable look) {
    looks.add(look);
  }

  /** Answers all before anything else is stopped, so that nobody has to wait for their end. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
    later(this::lookAtAll, Duration.ZERO);
  }

  @PreDestroy
  void end() throws InterruptedException {
    looking.shutdownNow();
    looking.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
  }

  private void lookAtAll() {
    looks.forEach(Runnable::run);
  }

  /** On the one thread that looks. */
  public Future<?> later(Runnable task, Duration delay) {
    return looking.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Whether one more may wait; it then leaves the seat when it ends. */
  boolean takeSeat() {
    return !closing && seats.tryAcquire();
  }

  void leaveSeat() {
    seats.release();
  }

  /** Nobody may wait any longer. */
  boolean isClosing() {
    return closing;
  }

  EntityTags tags() {
    return tags;
  }
}
