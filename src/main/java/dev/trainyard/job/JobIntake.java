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
  private final ApplicationEventPublisher events;
  private final Clock clock;

  JobIntake(Jobs jobs, DatasetCatalog datasets, ApplicationEventPublisher events, Clock clock) {
    this.jobs = jobs;
    this.datasets = datasets;
    this.events = events;
    this.clock = clock;
  }

  /** The spec is valid for the dataset that it names, which is READY. */
  public ReadyDataset check(JobSpec spec) {
    ReadyDataset dataset = datasets.ready(spec.dataset());
    List<FieldProblem> errors =
        SpecCheck.of(spec, dataset.trainExamples(), dataset.validationExamples()).stream()
            .map(finding -> new FieldProblem(finding.field(), finding.message()))
            .toList();
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.INVALID_REQUEST, "The job cannot run as it is specified.", errors);
    }
    return dataset;
  }

  @Transactional
  public JobView submit(JobSpec spec) {
    Job job = jobs.save(new Job(spec, check(spec), clock.instant()));
    events.publishEvent(new QueueChanged(job.id()));
    return job.view();
  }
}
