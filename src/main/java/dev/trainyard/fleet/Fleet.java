package dev.trainyard.fleet;

import dev.trainyard.storage.Storage;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * All workers, and the watch over them that every process keeps: a worker whose process has ended,
 * or whose lease has run out, is declared lost, and what it held is taken back.
 */
@Component
public class Fleet implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
  private static final long LOOK_MILLIS = 1000;

  private final WorkerRows rows;
  private final Storage storage;
  private final ObjectProvider<Heir> heirs;
  private volatile @Nullable ScheduledExecutorService timer;

  Fleet(JdbcTemplate jdbc, Storage storage, ObjectProvider<Heir> heirs) {
    this.rows = new WorkerRows(jdbc);
    this.storage = storage;
    this.heirs = heirs;
  }

  /** All that are known, those lost of late included, the oldest first. */
  public List<Member> members() {
    return rows.all();
  }

  /** Those that take work. */
  public List<Member> active() {
    return rows.all().stream().filter(member -> member.state() == Member.State.ACTIVE).toList();
  }

  /** Once before anybody works: what a process that died has left behind. Then again and again. */
  @Override
  public void start() {
    look();
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "fleet-watch");
              thread.setDaemon(true);
              return thread;
            });
    started.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    timer = started;
  }

  private void look() {
    try {
      rows.bury();
      for (Member member : rows.all()) {
        if (member.state() != Member.State.LOST && storage.isDead(member.instance())) {
          LOG.warn("Worker {} has died", member.id());
          rows.bury(member.id());
        }
      }
      heirs.forEach(Heir::takeBack);
      rows.prune();
    } catch (RuntimeException e) {
      LOG.warn("The workers could not be looked after: {}", e.toString());
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService running = timer;
    timer = null;
    if (running != null) {
      running.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }

  /** Before the workers of this process start, after they have stopped. */
  @Override
  public int getPhase() {
    return Membership.PHASE + 1;
  }
}
