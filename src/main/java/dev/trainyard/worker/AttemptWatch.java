package dev.trainyard.worker;

import dev.trainyard.job.JobQueue;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks after the running attempts: tells a cancelled one to stop, and ends one that does not. */
@Component
class AttemptWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptWatch.class);

  private final JobQueue queue;
  private final Duration grace;
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "attempt-watch");
            thread.setDaemon(true);
            return thread;
          });

  AttemptWatch(JobQueue queue, WorkerProperties properties) {
    this.queue = queue;
    this.grace = properties.stopGracePeriod();
    long poll = properties.pollInterval().toMillis();
    timer.scheduleWithFixedDelay(this::look, poll, poll, TimeUnit.MILLISECONDS);
  }

  void add(Attempt attempt) {
    running.add(attempt);
  }

  void remove(Attempt attempt) {
    running.remove(attempt);
  }

  /** The jobs that run now. */
  List<String> jobs() {
    return running.stream().map(attempt -> attempt.job().id()).sorted().toList();
  }

  /** Asks every trainer to stop; those that do not within the grace period are ended. */
  void stopAll() {
    running.forEach(this::stop);
  }

  /** Looks now: the queue has changed. */
  void lookNow() {
    timer.execute(this::look);
  }

  private void look() {
    for (Attempt attempt : running) {
      try {
        switch (queue.directive(attempt.job())) {
          case CONTINUE -> {}
          case STOP -> stop(attempt);
          case ABANDON -> attempt.kill();
        }
      } catch (RuntimeException e) {
        LOG.warn("Job {} could not be looked up: {}", attempt.job().id(), e.toString());
      }
    }
  }

  private void stop(Attempt attempt) {
    if (attempt.requestStop()) {
      timer.schedule(
          () -> {
            if (running.contains(attempt)) {
              LOG.warn("The trainer of job {} did not stop in {}", attempt.job().id(), grace);
              attempt.kill();
            }
          },
          grace.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
