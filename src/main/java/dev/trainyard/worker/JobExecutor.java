package dev.trainyard.worker;

import dev.trainyard.job.ClaimedJob;
import dev.trainyard.job.JobQueue;
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
class JobExecutor implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(JobExecutor.class);

  private final JobQueue queue;
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
      JobQueue queue,
      AttemptRunner runner,
      AttemptWatch watch,
      SlotGauges gauges,
      TrainerExecutor executor,
      DeviceWatch devices,
      WorkerProperties properties) {
    this.queue = queue;
    this.runner = runner;
    this.watch = watch;
    this.gauges = gauges;
    this.properties = properties;
    this.executor = executor;
    this.devices = devices;
  }

  @Override
  public void start() {
    int recovered = queue.recover();
    if (recovered > 0) {
      LOG.info("{} jobs were left behind by a service that died", recovered);
    }
    running = true;
    if (properties.slots() > 0) {
      executor.open();
      devices.start();
    }
    for (int n = 0; n < properties.slots(); n++) {
      SlotGauges.Slot slot = gauges.slot(n);
      Thread thread = new Thread(() -> work(slot), "slot-" + n);
      thread.start();
      threads.add(thread);
    }
  }

  private void work(SlotGauges.Slot slot) {
    while (running) {
      try {
        Optional<ClaimedJob> claim = queue.claim(Workers.LOCAL, devices.accelerators());
        if (claim.isPresent()) {
          runner.run(claim.get(), slot);
        } else {
          awaitNews();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
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

  @Override
  public void stop() {
    running = false;
    news.release(properties.slots());
    watch.stopAll();
    executor.close();
    long deadline =
        System.nanoTime() + properties.stopGracePeriod().plus(Duration.ofSeconds(5)).toNanos();
    for (Thread thread : threads) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
