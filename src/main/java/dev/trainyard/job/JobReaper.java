package dev.trainyard.job;

import dev.trainyard.fleet.Heir;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes back the jobs of workers that are lost, and those that a worker does not know it has. */
@Component
public class JobReaper implements Heir {

  private static final Logger LOG = LoggerFactory.getLogger(JobReaper.class);

  private final Jobs jobs;
  private final RetryPolicy retries;
  private final JobLogs logs;
  private final ApplicationEventPublisher events;
  private final Setbacks setbacks;
  private final Clock clock;
  private final TransactionTemplate transaction;

  JobReaper(
      Jobs jobs,
      RetryPolicy retries,
      JobLogs logs,
      ApplicationEventPublisher events,
      Setbacks setbacks,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.jobs = jobs;
    this.retries = retries;
    this.logs = logs;
    this.events = events;
    this.setbacks = setbacks;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public void takeBack() {
    for (String id : jobs.orphans()) {
      transaction.executeWithoutResult(
          status -> {
            // Looked at again once it is ours: another process may have been first. One that is
            // locked comes later; its worker may stand still in the middle of a report.
            jobs.lockFree(id).filter(jobs::isOrphan).flatMap(jobs::lock).ifPresent(this::takeBack);
          });
    }
  }

  /**
   * Takes back what is in the worker's hands but none of what it runs: the database went away
   * between committing its claim and saying so.
   *
   * @param running ids of its jobs; it must not claim any meanwhile
   */
  public void takeBack(String worker, Set<String> running) {
    for (String id : jobs.heldBy(worker)) {
      if (!running.contains(id)) {
        transaction.executeWithoutResult(
            status -> jobs.lock(id).filter(job -> job.isHeldBy(worker)).ifPresent(this::takeBack));
      }
    }
  }

  private void takeBack(Job job) {
    Instant now = clock.instant();
    LOG.info("Job {} has lost its worker", job.id());
    if (!job.stopAsWished(now)) {
      int losses = job.countLoss();
      if (retries.isLostTooOften(losses)) {
        String message =
            "%d workers were lost under the job, this one too; it may be what kills them. Look at the workers' logs, then retry it.";
        job.fail(AttemptOutcome.LOST, JobReason.WORKER_LOST, message.formatted(losses), now);
        logs.keepLastLines(job);
      } else {
        String message = "The worker was lost; the job goes on from its last checkpoint.";
        job.requeue(AttemptOutcome.LOST, JobReason.WORKER_LOST, message, null, now);
      }
      setbacks.count(job);
    }
    events.publishEvent(new QueueChanged(job.id()));
  }
}
