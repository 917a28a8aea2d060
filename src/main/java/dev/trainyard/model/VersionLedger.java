package dev.trainyard.model;

import dev.trainyard.model.alias.Alias;
import dev.trainyard.model.alias.Aliases;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The short transactions that publication and deletion are made of. No file is touched in them, and
 * none is open while a file is.
 */
@Component
class VersionLedger {

  private static final int ATTEMPTS = 5;

  private final RegisteredModels models;
  private final ModelVersions versions;
  private final Aliases aliases;
  private final TransactionTemplate transaction;
  private final Clock clock;

  VersionLedger(
      RegisteredModels models,
      ModelVersions versions,
      Aliases aliases,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.models = models;
    this.versions = versions;
    this.aliases = aliases;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  Optional<ModelVersion> ofJob(String jobId) {
    return versions.findByJobId(jobId);
  }

  /** The job's version, given the next number of its model now if it has none yet. */
  ModelVersion reserve(String jobId, String model, VersionDetails details, Runnable fence) {
    for (int attempt = 1; ; attempt++) {
      try {
        return commit(
            () -> {
              fence.run();
              return reserved(jobId, model, details);
            });
      } catch (DataIntegrityViolationException | ConcurrencyFailureException e) {
        // Someone else was first to insert this model's or this job's row: the next look finds it.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  ModelVersionView announce(String jobId, Runnable fence) {
    return commit(
        () -> {
          fence.run();
          ModelVersion version = versions.findByJobId(jobId).orElseThrow();
          if (version.state() != VersionState.READY) {
            version.enter(VersionState.READY);
          }
          return version.view(List.of());
        });
  }

  /**
   * Takes the version out of sight; empty when it is not there to be seen.
   *
   * @param force deletes the aliases that stand for it as well
   * @throws ProblemException IN_USE
   */
  Optional<ModelVersion> condemn(String model, int number, boolean force) {
    return commit(
        () -> {
          models.lock(model);
          Optional<ModelVersion> version =
              versions
                  .findByModelNameAndVersion(model, number)
                  .filter(it -> it.state() == VersionState.READY);
          version.ifPresent(it -> condemn(it, force));
          return version;
        });
  }

  private void condemn(ModelVersion version, boolean force) {
    List<Alias> names =
        aliases.of(version.modelName()).stream()
            .filter(it -> it.version() == version.version())
            .toList();
    if (!names.isEmpty() && !force) {
      throw new ProblemException(
          Problem.IN_USE,
          "Version %d of model '%s' is what these aliases stand for: %s. Move or delete them first, or delete the version with ?force=true, which deletes them too."
              .formatted(
                  version.version(),
                  version.modelName(),
                  String.join(", ", names.stream().map(Alias::alias).toList())));
    }
    names.forEach(it -> aliases.delete(version.modelName(), it));
    version.enter(VersionState.DELETING);
  }

  List<ModelVersion> condemned() {
    return versions.findByState(VersionState.DELETING);
  }

  void remove(ModelVersion version) {
    commit(
        () -> {
          versions
              .findByModelNameAndVersion(version.modelName(), version.version())
              .ifPresent(versions::delete);
          return version;
        });
  }

  private ModelVersion reserved(String jobId, String model, VersionDetails details) {
    Optional<ModelVersion> present = versions.findByJobId(jobId);
    if (present.isPresent()) {
      if (present.get().state() == VersionState.PUBLISHING) {
        present.get().replaceDetails(details);
      }
      return present.get();
    }
    RegisteredModel registered =
        models
            .lock(model)
            .orElseGet(() -> models.saveAndFlush(new RegisteredModel(model, clock.instant())));
    return versions.saveAndFlush(
        new ModelVersion(model, registered.nextVersion(), jobId, clock.instant(), details));
  }

  private <T> T commit(Supplier<T> work) {
    T done = transaction.execute(status -> work.get());
    if (done == null) {
      throw new IllegalStateException("A transaction's work gave nothing");
    }
    return done;
  }
}
