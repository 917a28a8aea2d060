package dev.trainyard.job;

import dev.trainyard.model.ModelCatalog;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.WarmStartSpec;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks up the weights that a job wants to begin with. */
@Component
class WarmStarts {

  private final Jobs jobs;
  private final ModelCatalog models;

  WarmStarts(Jobs jobs, ModelCatalog models) {
    this.jobs = jobs;
    this.models = models;
  }

  /**
   * The same source, of a model the number of the version that is meant now.
   *
   * @throws ProblemException naming the field when there is no such model, version or job
   */
  @Nullable WarmStartSpec resolve(@Nullable WarmStartSpec wanted) {
    if (wanted == null) {
      return null;
    }
    if (wanted.model() != null) {
      return WarmStartSpec.of(wanted.model(), version(wanted.model(), wanted.version()));
    }
    UUID job = Objects.requireNonNull(wanted.job(), "either a model or a job, says SpecCheck");
    if (jobs.findById(job.toString()).isEmpty()) {
      throw unknown("job", "There is no job with the id '" + job + "'.");
    }
    return wanted;
  }

  /** Keeps the versions of the model that it names, until the job that begins with one is there. */
  void hold(@Nullable WarmStartSpec wanted) {
    if (wanted != null && wanted.model() != null) {
      models.hold(wanted.model());
    }
  }

  private int version(String model, @Nullable String version) {
    try {
      models.model(model);
    } catch (ProblemException e) {
      throw unknown("model", e.detail());
    }
    try {
      return models.version(model, version == null ? ModelCatalog.LATEST : version).version();
    } catch (ProblemException e) {
      throw unknown("version", e.detail());
    }
  }

  private static ProblemException unknown(String field, String message) {
    return new ProblemException(
        Problem.INVALID_REQUEST,
        "The job cannot run as it is specified.",
        List.of(new FieldProblem("training.warmStartFrom." + field, message)));
  }
}
