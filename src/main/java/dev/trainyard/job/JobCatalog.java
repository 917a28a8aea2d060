package dev.trainyard.job;

import dev.trainyard.dataset.DatasetUse;
import dev.trainyard.model.ModelUse;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.storage.Storage;
import dev.trainyard.web.PageQuery.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/** What is to be seen of the jobs. */
@Component
public class JobCatalog implements DatasetUse, ModelUse {

  private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "createTime", "id");

  private final Jobs jobs;
  private final JobViews views;
  private final Storage storage;

  JobCatalog(Jobs jobs, JobViews views, Storage storage) {
    this.jobs = jobs;
    this.views = views;
    this.storage = storage;
  }

  @Transactional(readOnly = true)
  public JobView get(String id) {
    return views.of(jobs.findById(id).orElseThrow(() -> unknown(id)));
  }

  /** Those of these jobs that there are. */
  @Transactional(readOnly = true)
  public List<JobView> views(Collection<String> ids) {
    return views.all(jobs.findByIdIn(ids));
  }

  /** Newest first, from just after {@code after}. */
  @Transactional(readOnly = true)
  public List<JobView> list(
      Set<JobState> states, @Nullable String name, @Nullable Place after, int limit) {
    return views.all(
        jobs.findBy(
            new JobQuery(states, name, after).specification(),
            all -> all.sortBy(NEWEST_FIRST).limit(limit).all()));
  }

  /** The files go once the row is surely gone, never the other way round. */
  @TransactionalEventListener
  void deleteFiles(JobDeleted deleted) throws IOException {
    storage.deleteTree(folder(deleted.id()));
  }

  /** The jobs in the hands of one worker. */
  @Transactional(readOnly = true)
  public List<String> heldBy(String worker) {
    return jobs.heldBy(worker);
  }

  /** Where the job's plan, checkpoints, event files and log are; may not be there yet. */
  public Path folder(String id) {
    return storage.of("jobs", id);
  }

  @Override
  public boolean inUse(String datasetId) {
    return jobs.existsByDatasetIdAndStateIn(datasetId, JobState.UNFINISHED);
  }

  @Override
  @Transactional(readOnly = true)
  public boolean inUse(String model, int version) {
    return jobs.findByWarmStartVersionAndStateIn(version, JobState.UNFINISHED).stream()
        .map(job -> job.spec().training().warmStartFrom())
        .anyMatch(from -> from != null && model.equals(from.model()));
  }

  static ProblemException unknown(String id) {
    return new ProblemException(Problem.NOT_FOUND, "There is no job with the id '" + id + "'.");
  }
}
