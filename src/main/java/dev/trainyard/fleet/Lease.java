package dev.trainyard.fleet;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A lease and its renewal, on threads and a database connection that nothing else uses, so neither
 * training nor a rush of requests can starve it. Whether it still holds is decided here alone, on a
 * clock that does not jump, counted from before the last renewal was asked for. So a process that
 * is cut off from the database, or was stood still, knows that it has lost its lease before anybody
 * else can know.
 */
final class Lease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final long WATCH_MILLIS = 100;
  private static final long RENEWAL_MILLIS = 1000;

  private final String instance;
  private final Supplier<String> ids;
  private final Duration length;
  private final Supplier<Offer> offer;
  private final Consumer<Object> events;
  private final HikariDataSource connection;
  private final WorkerRows rows;
  private final ScheduledExecutorService renewal = thread("lease-renewal");
  private final ScheduledExecutorService watch = thread("lease-watch");

  private volatile String id;
  private volatile Member.State state = Member.State.ACTIVE;
  private volatile long renewed;
  private volatile Risk risk = Risk.NONE;

  /**
   * Takes it.
   *
   * @param ids gives one that was never used
   * @param connection closed with the lease
   * @param events is told of {@link LeaseAtRisk} and {@link LeaseLost}
   */
  Lease(
      String instance,
      Supplier<String> ids,
      Duration length,
      HikariDataSource connection,
      Supplier<Offer> offer,
      Consumer<Object> events) {
    this.instance = instance;
    this.ids = ids;
    this.length = length;
    this.connection = connection;
    this.offer = offer;
    this.events = events;
    this.id = ids.get();
    connection.setPoolName("lease");
    connection.setMaximumPoolSize(1);
    connection.setMinimumIdle(1);
    connection.setConnectionTimeout(Math.max(1000, length.toMillis() / 6));
    JdbcTemplate jdbc = new JdbcTemplate(connection);
    jdbc.setQueryTimeout((int) Math.max(1, length.toSeconds() / 6));
    this.rows = new WorkerRows(jdbc);
    join();
    // Looked at every second, and tried again then while it fails: a database that is back is
    // found.
    renewal.scheduleWithFixedDelay(
        this::renewIfDue, RENEWAL_MILLIS, RENEWAL_MILLIS, TimeUnit.MILLISECONDS);
    watch.scheduleWithFixedDelay(this::watch, 0, WATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          thread.setPriority(Thread.MAX_PRIORITY);
          return thread;
        });
  }

  String id() {
    return id;
  }

  boolean holds() {
    return risk != Risk.LOST;
  }

  void drain() {
    state = Member.State.DRAINING;
    renewSoon();
  }

  void renewSoon() {
    try {
      renewal.execute(this::renew);
    } catch (RejectedExecutionException e) {
      LOG.debug("Worker {} has signed off", id);
    }
  }

  private void join() {
    long asked = System.nanoTime();
    rows.insert(id, instance, offer.get(), length);
    renewed = asked;
  }

  private void renewIfDue() {
    if (risk != Risk.NONE || age() >= length.toMillis() / 3 - RENEWAL_MILLIS) {
      renew();
    }
  }

  private void renew() {
    long asked = System.nanoTime();
    try {
      if (rows.renew(id, offer.get(), state, length)) {
        renewed = asked;
      } else {
        LOG.warn("Worker {} was taken for dead", id);
        lose();
        id = ids.get();
        join();
        LOG.warn("This process goes on as worker {}", id);
      }
    } catch (RuntimeException e) {
      LOG.warn("The lease of worker {} could not be renewed: {}", id, e.toString());
    }
  }

  private void watch() {
    try {
      long age = age();
      if (age > length.toMillis() * 5 / 6) {
        lose();
      } else if (age > length.toMillis() * 3 / 5) {
        risk();
      } else {
        risk = Risk.NONE;
      }
    } catch (RuntimeException e) {
      LOG.error("The loss of the lease could not be told to all", e);
    }
  }

  private synchronized void risk() {
    if (risk == Risk.NONE) {
      risk = Risk.AT_RISK;
      LOG.warn("The lease of worker {} is at risk: running jobs are stopped", id);
      events.accept(new LeaseAtRisk());
    }
  }

  private synchronized void lose() {
    if (risk != Risk.LOST) {
      risk = Risk.LOST;
      LOG.error("The lease of worker {} is lost: running jobs are ended", id);
      events.accept(new LeaseLost());
    }
  }

  /** Milliseconds since the lease was surely ours in full. */
  private long age() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - renewed);
  }

  /** Signs off: what is still held goes to others at once. */
  @Override
  public void close() {
    watch.shutdownNow();
    renewal.shutdownNow();
    try {
      rows.delete(id);
    } catch (RuntimeException e) {
      LOG.warn("Worker {} could not sign off: {}", id, e.toString());
    }
    connection.close();
  }

  private enum Risk {
    NONE,
    AT_RISK,
    LOST
  }
}
