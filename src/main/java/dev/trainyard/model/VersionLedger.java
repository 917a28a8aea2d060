package dev.trainyard.model;

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
  private final TransactionTemplate transaction;
  private final Clock clock;

  VersionLedger(
      RegisteredModels models,
      ModelVersions versions,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.models = models;
    this.versions = versions;
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
          return version.view();
        });
  }

  /** Takes the version out of sight; empty when it is not there to be seen. */
  Optional<ModelVersion> condemn(String model, int number) {
    return commit(
        () -> {
          models.lock(model);
          Optional<ModelVersion> version =
              versions
                  .findByModelNameAndVersion(model, number)
                  .filter(it -> it.state() == VersionState.READY);
          version.ifPresent(it -> it.enter(VersionState.DELETING));
          return version;
        });
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

  /** Publications that were begun and are not through. */
  List<ModelVersion> begun() {
    return versions.findByState(VersionState.PUBLISHING);
  }

  /**
   * In the caller's transaction: the version, given the next number of its model if it has none.
   */
  ModelVersion reserved(String jobId, String model, VersionDetails details) {
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
