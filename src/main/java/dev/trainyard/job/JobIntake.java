package dev.trainyard.job;

import dev.trainyard.dataset.DatasetCatalog;
import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.model.ModelNames;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Acting;
import dev.trainyard.project.Projects;
import dev.trainyard.project.Quota;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecCheck;
import dev.trainyard.telemetry.trace.TraceAttributes;
import io.opentelemetry.api.trace.Span;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Accepts jobs: whatever can be known to fail before it starts is refused here. */
@Component
public class JobIntake {

  private final Jobs jobs;
  private final EntityManager entities;
  private final DatasetCatalog datasets;
  private final WarmStarts warmStarts;
  private final SizeCheck size;
  private final JobViews views;
  private final QueueProperties limits;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Projects projects;
  private final ModelNames names;

  JobIntake(
      Jobs jobs,
      EntityManager entities,
      DatasetCatalog datasets,
      WarmStarts warmStarts,
      SizeCheck size,
      JobViews views,
      QueueProperties limits,
      ApplicationEventPublisher events,
      Clock clock,
      Projects projects,
      ModelNames names) {
    this.jobs = jobs;
    this.entities = entities;
    this.datasets = datasets;
    this.warmStarts = warmStarts;
    this.size = size;
    this.views = views;
    this.limits = limits;
    this.events = events;
    this.clock = clock;
    this.projects = projects;
    this.names = names;
  }

  /**
   * The spec is valid, its dataset is READY, a step might fit into the memory of a worker, and what
   * it begins with is there.
   *
   * @return what it would be trained on
   */
  public ReadyDataset check(JobSpec spec) {
    ReadyDataset dataset = dataset(spec);
    warmStarts.resolve(spec.training().warmStartFrom());
    return dataset;
  }

  /**
   * Queues it.
   *
   * @param submitter who is to be counted for it
   */
  @Transactional
  public JobView submit(JobSpec spec, String submitter) {
    String project = Acting.project();
    projects.require(project, 1, Quota.TRAINING_SECONDS, Quota.JOBS);
    names.claim(spec.register().model(), project, "register.model");
    warmStarts.hold(spec.training().warmStartFrom());
    Job job = resolve(spec, submitter);
    if (job.warmStartJob() != null && jobs.lock(job.warmStartJob()).isEmpty()) {
      throw JobCatalog.unknown(job.warmStartJob()); // its checkpoints stay, from now on
    }
    entities.persist(job); // Spring Data's save would look whether it is there
    Span.current().setAttribute(TraceAttributes.JOB, job.id());
    events.publishEvent(new QueueChanged(job.id()));
    return views.of(job);
  }

  /** The job with the names in its spec resolved to what they stand for now. */
  private Job resolve(JobSpec spec, String submitter) {
    ReadyDataset dataset = dataset(spec);
    Instant now = clock.instant();
    return new Job(
        Acting.project(),
        spec,
        dataset,
        warmStarts.resolve(spec.training().warmStartFrom()),
        new JobPlace(spec.scheduling(), submitter, limits.ageing(), now),
        now);
  }

  private ReadyDataset dataset(JobSpec spec) {
    ReadyDataset dataset = datasets.ready(spec.dataset());
    int classes = dataset.labels().size();
    List<FieldProblem> errors =
        new ArrayList<>(
            SpecCheck.of(spec, dataset.trainExamples(), dataset.validationExamples(), classes)
                .stream()
                .map(finding -> new FieldProblem(finding.field(), finding.message()))
                .toList());
    size.problem(spec, classes).ifPresent(errors::add);
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.INVALID_REQUEST, "The job cannot run as it is specified.", errors);
    }
    return dataset;
  }
}
