package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.LeaseAtRisk;
import dev.trainyard.fleet.LeaseLost;
import dev.trainyard.fleet.Role;
import dev.trainyard.job.JobQueue;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks after the running attempts: tells one to stop whose job is cancelled, paused or out of
 * time, and ends one that does not. First the trainer is asked, then it gets SIGTERM, then SIGKILL.
 */
@Component
@ConditionalOnRole(Role.WORKER)
class AttemptWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AttemptWatch.class);

  private final JobQueue queue;
  private final Duration grace;
  private final Set<Attempt> running = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService directives = thread("attempt-watch");

  /** Never waits for the database. */
  private final ScheduledExecutorService timer = thread("attempt-timer");

  AttemptWatch(JobQueue queue, WorkerProperties properties) {
    this.queue = queue;
    this.grace = properties.stopGracePeriod();
    long poll = properties.pollInterval().toMillis();
    directives.scheduleWithFixedDelay(this::look, poll, poll, TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  void add(Attempt attempt) {
    running.add(attempt);
    Duration left = attempt.job().timeLeft();
    if (left != null) {
      later(left, attempt, () -> expire(attempt));
    }
  }

  void remove(Attempt attempt) {
    running.remove(attempt);
  }

  /**
   * Asks every trainer to stop; those that do not within the grace period are ended.
   *
   * @param patience the grace period
   */
  void stopAll(Duration patience) {
    running.forEach(attempt -> stop(attempt, patience));
  }

  /** Whoever takes the jobs over goes on from checkpoints: there is still time to write them. */
  @EventListener
  void on(LeaseAtRisk risk) {
    stopAll(grace);
  }

  @EventListener
  void on(LeaseLost lost) {
    running.forEach(Attempt::abandon);
  }

  /** Looks now: the queue has changed. */
  void lookNow() {
    directives.execute(this::look);
  }

  private void look() {
    for (Attempt attempt : running) {
      try {
        switch (queue.directive(attempt.job())) {
          case CONTINUE -> {}
          case STOP -> stop(attempt, grace);
          case ABANDON -> attempt.abandon();
        }
      } catch (RuntimeException e) {
        LOG.debug("Job {} could not be looked up", attempt.job().id(), e);
      }
    }
  }

  private void expire(Attempt attempt) {
    attempt.expire();
    stop(attempt, grace);
  }

  private void stop(Attempt attempt, Duration patience) {
    if (attempt.requestStop()) {
      later(patience.multipliedBy(4).dividedBy(5), attempt, attempt::terminate);
      later(
          patience,
          attempt,
          () -> {
            LOG.warn("The trainer of job {} did not stop in {}", attempt.job().id(), patience);
            attempt.kill();
          });
    }
  }

  private void later(Duration delay, Attempt attempt, Runnable action) {
    try {
      timer.schedule(
          () -> {
            if (running.contains(attempt)) {
              attempt.trace().in(action).run();
            }
          },
          Math.max(0, delay.toMillis()),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      attempt.kill(); // the service is gone already
    }
  }

  @Override
  public void close() {
    directives.shutdownNow();
    timer.shutdownNow();
  }
}
