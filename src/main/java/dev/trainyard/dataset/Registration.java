package dev.trainyard.dataset;

import dev.trainyard.idempotency.Idempotency;
import dev.trainyard.idempotency.IdempotentRequest;
import dev.trainyard.idempotency.Once;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Acting;
import dev.trainyard.project.Projects;
import dev.trainyard.project.Quota;
import dev.trainyard.upload.Uploads;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** Enters datasets: the next version of a name, once for each request. */
@Component
class Registration {

  private static final int VERSION_RACES = 50;

  private final Datasets datasets;
  private final Uploads uploads;
  private final Idempotency idempotency;
  private final DatasetProperties properties;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final Projects projects;

  Registration(
      Datasets datasets,
      Uploads uploads,
      Idempotency idempotency,
      DatasetProperties properties,
      ApplicationEventPublisher events,
      Clock clock,
      Projects projects) {
    this.datasets = datasets;
    this.uploads = uploads;
    this.idempotency = idempotency;
    this.properties = properties;
    this.events = events;
    this.clock = clock;
    this.projects = projects;
  }

  /**
   * What is added to, or null.
   *
   * @throws ProblemException INVALID_REQUEST when neither name nor base is given, or they do not go
   *     together; DATASET_NOT_READY
   */
  @Nullable Dataset base(DatasetOrder order) {
    String appendTo = order.appendTo();
    if (appendTo == null) {
      if (order.name() == null) {
        throw Glance.invalid("name", "is required, unless appendTo names a dataset");
      }
      return null;
    }
    Dataset base =
        datasets
            .findById(appendTo)
            .or(() -> datasets.newestReady(appendTo, Acting.visible()))
            .or(() -> datasets.findFirstByNameOrderByVersionDesc(appendTo))
            .orElseThrow(() -> Glance.invalid("appendTo", "is not the id or name of a dataset"));
    if (order.name() != null && !order.name().equals(base.name())) {
      throw Glance.invalid(
          "name", "must be left out or be '" + base.name() + "', which is appended to");
    }
    return requireReady(base);
  }

  private static Dataset requireReady(Dataset base) {
    if (base.state() != DatasetState.READY) {
      throw new ProblemException(
          Problem.DATASET_NOT_READY,
          "Dataset '%s' version %d is %s; only to one that is READY can be appended."
              .formatted(base.name(), base.version(), base.state()),
          new FieldProblem("appendTo", "is " + base.state()));
    }
    return base;
  }

  /**
   * @param asked what tells the request from another one with its key
   * @param id of the dataset, if it is a new one
   * @param bytes that were sent for it; 0 where they are counted elsewhere
   */
  Once<Dataset> register(
      IdempotentRequest request,
      String asked,
      String id,
      DatasetOrder order,
      @Nullable Dataset base,
      DatasetSource source,
      long bytes) {
    for (int race = 1; ; race++) {
      try {
        Once<Dataset> dataset =
            idempotency.once(
                request,
                asked,
                () -> insert(id, order, base, source, bytes),
                Dataset::id,
                this::registered);
        if (!dataset.replayed()) {
          events.publishEvent(new UploadAccepted());
        }
        return dataset;
      } catch (DataIntegrityViolationException e) {
        // Somebody else has just taken this version of the name.
        if (race == VERSION_RACES) {
          throw e;
        }
      }
    }
  }

  /** In the transaction that takes the upload and holds the base. */
  private Dataset insert(
      String id, DatasetOrder order, @Nullable Dataset base, DatasetSource source, long bytes) {
    if (source.upload() != null) {
      uploads.take(source.upload());
    }
    DatasetSource whole = source;
    if (base != null) {
      Optional<Dataset> held = datasets.lock(base.id());
      whole =
          source.addingTo(
              requireReady(
                  held.orElseThrow(
                      () -> Glance.invalid("appendTo", "is not the id or name of a dataset"))));
    }
    String project = base == null ? Acting.project() : base.project();
    projects.require(project, bytes, Quota.BYTES);
    String name = base == null ? String.valueOf(order.name()) : base.name();
    int version = datasets.newestVersion(project, name) + 1;
    return datasets.save(
        new Dataset(
            id, project, name, version, order.completed(properties, base), whole, clock.instant()));
  }

  private Dataset registered(String id) {
    return datasets.findById(id).orElseThrow(() -> DatasetCatalog.missing(id));
  }
}
