package dev.trainyard.job;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Projects;
import dev.trainyard.telemetry.JobCheckpoints;
import dev.trainyard.telemetry.JobEvaluations;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.telemetry.trace.TraceAttributes;
import io.opentelemetry.api.trace.Span;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What clients may do to a job that is there. What its state does not allow is refused. */
@Component
public class JobVerbs {

  private final Jobs jobs;
  private final JobViews views;
  private final MetricHistory history;
  private final JobEvaluations evaluations;
  private final JobCheckpoints checkpoints;
  private final QueueProperties limits;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Projects projects;

  JobVerbs(
      Jobs jobs,
      JobViews views,
      MetricHistory history,
      JobEvaluations evaluations,
      JobCheckpoints checkpoints,
      QueueProperties limits,
      ApplicationEventPublisher events,
      Clock clock,
      Projects projects) {
    this.jobs = jobs;
    this.views = views;
    this.history = history;
    this.evaluations = evaluations;
    this.checkpoints = checkpoints;
    this.limits = limits;
    this.events = events;
    this.clock = clock;
    this.projects = projects;
  }

  /**
   * A waiting job is CANCELLED at once; a running one is CANCELLING until its trainer has stopped.
   */
  @Transactional
  public JobView cancel(String id) {
    return change(id, "there is nothing to cancel", Job::cancel);
  }

  /** A waiting job is PAUSED at once; a running one is PAUSING until its trainer has stopped. */
  @Transactional
  public JobView pause(String id) {
    return change(id, "only a job that waits or runs can be paused", Job::pause);
  }

  @Transactional
  public JobView resume(String id) {
    return change(id, "only a job that is PAUSED can be resumed", Job::resume);
  }

  /** Puts a job that has ended without a model back into the queue. */
  @Transactional
  public JobView retry(String id) {
    return change(
        id,
        "only a job that is FAILED or CANCELLED can be retried",
        (job, now) -> job.retry(limits.ageing(), now));
  }

  /** Also of a running job: it counts when the job comes back into the queue. */
  @Transactional
  public JobView prioritize(String id, int priority) {
    return change(
        id,
        "its priority does not matter any more",
        (job, now) -> {
          if (job.state().isTerminal()) {
            throw new IllegalTransitionException(job.state(), job.state());
          }
          job.setPriority(priority, limits.ageing());
        });
  }

  private JobView change(String id, String otherwise, BiConsumer<Job, Instant> verb) {
    Job job = jobs.lock(id).orElseThrow(() -> JobCatalog.unknown(id));
    Span.current().setAttribute(TraceAttributes.JOB, id);
    JobState before = job.state();
    try {
      verb.accept(job, clock.instant());
    } catch (IllegalTransitionException e) {
      throw new ProblemException(
          Problem.ILLEGAL_STATE, "Job %s is %s: %s.".formatted(id, before, otherwise));
    }
    events.publishEvent(new QueueChanged(id));
    return views.of(job);
  }

  /** Removes a finished job with its checkpoints, metrics and log; the model that it made stays. */
  @Transactional
  public void delete(String id) {
    Job job = jobs.lock(id).orElseThrow(() -> JobCatalog.unknown(id));
    if (!job.state().isTerminal()) {
      throw new ProblemException(
          Problem.ILLEGAL_STATE, "Job %s is %s: cancel it first.".formatted(id, job.state()));
    }
    if (jobs.existsByWarmStartJobAndStateIn(id, JobState.UNFINISHED)) {
      throw new ProblemException(
          Problem.IN_USE,
          "A job that has not ended begins with the weights of job " + id + ": cancel that first.");
    }
    history.delete(id);
    evaluations.delete(id);
    checkpoints.delete(id);
    projects.keepTime(job.project(), jobs.secondsSpentOn(id));
    jobs.delete(job);
    events.publishEvent(new JobDeleted(id));
  }
}
