package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.QueueChanged;
import dev.trainyard.problem.DatabaseUnavailable;
import dev.trainyard.worker.executor.TrainerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The worker: a thread for each slot that claims jobs and runs them. It starts after the web server
 * and ends before it; what runs then writes a checkpoint and goes back into the queue.
 */
@Component
@ConditionalOnRole(Role.WORKER)
class JobExecutor implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(JobExecutor.class);

  /** For what is left to be said once the trainers have ended. */
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Membership lease;
  private final Claims claims;
  private final AttemptRunner runner;
  private final AttemptWatch watch;
  private final SlotGauges gauges;
  private final WorkerProperties properties;
  private final TrainerExecutor executor;
  private final DeviceWatch devices;
  private final Semaphore news = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  JobExecutor(
      Membership lease,
      Claims claims,
      AttemptRunner runner,
      AttemptWatch watch,
      SlotGauges gauges,
      TrainerExecutor executor,
      DeviceWatch devices,
      WorkerProperties properties) {
    this.lease = lease;
    this.claims = claims;
    this.runner = runner;
    this.watch = watch;
    this.gauges = gauges;
    this.properties = properties;
    this.executor = executor;
    this.devices = devices;
  }

  @Override
  public void start() {
    running = true;
    if (properties.slots() > 0) {
      executor.open();
      devices.start();
    }
    for (int n = 0; n < properties.slots(); n++) {
      SlotGauges.Slot slot = gauges.slot(n);
      Thread thread = new Thread(() -> work(slot), "slot-" + n);
      thread.setDaemon(true); // stop() decides how long it is waited for
      thread.start();
      threads.add(thread);
    }
  }

  private void work(SlotGauges.Slot slot) {
    while (running) {
      try {
        Optional<ClaimedJob> claim = claims.next();
        if (claim.isPresent()) {
          try {
            runner.run(claim.get(), slot);
          } finally {
            claims.over(claim.get());
          }
        } else {
          awaitNews();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Error e) { // a slot whose thread ended would hold its job
        if (DatabaseUnavailable.isBehind(e)) {
          LOG.warn("The database does not answer; the slot tries again: {}", e.toString());
        } else {
          LOG.error("A slot could not do its work; it tries again", e);
        }
        try {
          awaitNews();
        } catch (InterruptedException interrupted) {
          return;
        }
      }
    }
  }

  private void awaitNews() throws InterruptedException {
    if (news.tryAcquire(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  @TransactionalEventListener
  void queueChanged(QueueChanged change) {
    news.release(properties.slots());
    watch.lookNow();
    devices.lookNow();
  }

  /** What runs writes a checkpoint and goes back into the queue. */
  @Override
  public void stop() {
    running = false;
    lease.drain();
    news.release(properties.slots());
    watch.stopAll(properties.drainTimeout());
    executor.close();
    long deadline = System.nanoTime() + properties.drainTimeout().plus(LAST_WORDS).toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      thread.interrupt(); // whatever it does: the next attempt does it again
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
