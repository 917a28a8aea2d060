package dev.trainyard.job;

import dev.trainyard.dataset.DatasetUse;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.storage.Storage;
import dev.trainyard.telemetry.JobEvaluations;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.web.PageQuery.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** What clients see of the jobs, and what they may do to one that is there. */
@Component
public class JobCatalog implements DatasetUse {

  private static final Set<JobState> UNFINISHED =
      EnumSet.copyOf(Arrays.stream(JobState.values()).filter(s -> !s.isTerminal()).toList());

  /** Before the newest job, in years that both databases know. */
  private static final Place NEWEST = new Place(Instant.parse("9999-01-01T00:00:00Z"), "~");

  private final Jobs jobs;
  private final MetricHistory history;
  private final JobEvaluations evaluations;
  private final Storage storage;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  JobCatalog(
      Jobs jobs,
      MetricHistory history,
      JobEvaluations evaluations,
      Storage storage,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jobs = jobs;
    this.history = history;
    this.evaluations = evaluations;
    this.storage = storage;
    this.events = events;
    this.clock = clock;
  }

  @Transactional(readOnly = true)
  public JobView get(String id) {
    return jobs.findById(id).orElseThrow(() -> unknown(id)).view();
  }

  /** Those of these jobs that there are. */
  @Transactional(readOnly = true)
  public List<JobView> views(Collection<String> ids) {
    return jobs.findByIdIn(ids).stream().map(Job::view).toList();
  }

  /** Newest first, from just after {@code after}. */
  @Transactional(readOnly = true)
  public List<JobView> list(
      Set<JobState> states, @Nullable String name, @Nullable Place after, int limit) {
    Place from = after == null ? NEWEST : after;
    Set<JobState> wanted = states.isEmpty() ? EnumSet.allOf(JobState.class) : states;
    return jobs.page(wanted, name, from.createTime(), from.id(), Limit.of(limit)).stream()
        .map(Job::view)
        .toList();
  }

  /**
   * A waiting job is CANCELLED at once; a running one is CANCELLING until its trainer has stopped.
   */
  @Transactional
  public JobView cancel(String id) {
    Job job = jobs.lock(id).orElseThrow(() -> unknown(id));
    if (job.state().isTerminal()) {
      throw new ProblemException(
          Problem.ILLEGAL_STATE,
          "Job %s is %s: there is nothing to cancel.".formatted(id, job.state()));
    }
    if (job.state() != JobState.CANCELLING) {
      job.requestCancel(clock.instant());
      events.publishEvent(new QueueChanged(id));
    }
    return job.view();
  }

  /** Removes a finished job with its checkpoints, metrics and log; the model that it made stays. */
  @Transactional
  public void delete(String id) {
    Job job = jobs.lock(id).orElseThrow(() -> unknown(id));
    if (!job.state().isTerminal()) {
      throw new ProblemException(
          Problem.ILLEGAL_STATE, "Job %s is %s: cancel it first.".formatted(id, job.state()));
    }
    history.delete(id);
    evaluations.delete(id);
    jobs.delete(job);
    events.publishEvent(new JobDeleted(id));
  }

  /** The files go once the row is surely gone, never the other way round. */
  @TransactionalEventListener
  void deleteFiles(JobDeleted deleted) throws IOException {
    storage.deleteTree(folder(deleted.id()));
  }

  /** Where the job's plan, checkpoints, event files and log are; may not be there yet. */
  public Path folder(String id) {
    return storage.of("jobs", id);
  }

  @Override
  public boolean inUse(String datasetId) {
    return jobs.existsByDatasetIdAndStateIn(datasetId, UNFINISHED);
  }

  private static ProblemException unknown(String id) {
    return new ProblemException(Problem.NOT_FOUND, "There is no job with the id '" + id + "'.");
  }

  record JobDeleted(String id) {}
}
