package dev.trainyard.job;

import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecCheck;
import java.time.Clock;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accepts jobs: whatever can be known to fail before it starts is refused here. */
@Component
public class JobIntake {

  private final Jobs jobs;
  private final DatasetCatalog datasets;
  private final WarmStarts warmStarts;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  JobIntake(
      Jobs jobs,
      DatasetCatalog datasets,
      WarmStarts warmStarts,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jobs = jobs;
    this.datasets = datasets;
    this.warmStarts = warmStarts;
    this.events = events;
    this.clock = clock;
  }

  /** The spec is valid, its dataset is READY, and what it begins with is there. */
  public void check(JobSpec spec) {
    resolve(spec);
  }

  @Transactional
  public JobView submit(JobSpec spec) {
    Job job = jobs.save(resolve(spec));
    events.publishEvent(new QueueChanged(job.id()));
    return job.view();
  }

  /** The job with the names in its spec resolved to what they stand for now. */
  private Job resolve(JobSpec spec) {
    ReadyDataset dataset = datasets.ready(spec.dataset());
    List<FieldProblem> errors =
        SpecCheck.of(
                spec,
                dataset.trainExamples(),
                dataset.validationExamples(),
                dataset.labels().size())
            .stream()
            .map(finding -> new FieldProblem(finding.field(), finding.message()))
            .toList();
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.INVALID_REQUEST, "The job cannot run as it is specified.", errors);
    }
    return new Job(
        spec, dataset, warmStarts.resolve(spec.training().warmStartFrom()), clock.instant());
  }
}
