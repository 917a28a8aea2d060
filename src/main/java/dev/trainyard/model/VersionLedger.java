package dev.trainyard.model;

import dev.trainyard.event.EventLog;
import dev.trainyard.event.EventType;
import dev.trainyard.model.alias.Alias;
import dev.trainyard.model.alias.Aliases;
import dev.trainyard.model.notes.Notes;
import dev.trainyard.model.signing.Signatures;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Acting;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
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
  private final ObjectProvider<ModelUse> uses;
  private final Signatures signatures;
  private final TransactionTemplate transaction;
  private final EventLog log;
  private final Clock clock;

  VersionLedger(
      RegisteredModels models,
      ModelVersions versions,
      Aliases aliases,
      ObjectProvider<ModelUse> uses,
      Signatures signatures,
      PlatformTransactionManager transactions,
      EventLog log,
      Clock clock) {
    this.models = models;
    this.versions = versions;
    this.aliases = aliases;
    this.uses = uses;
    this.signatures = signatures;
    this.transaction = new TransactionTemplate(transactions);
    this.log = log;
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

  /** Several processes may do so at the same time, and somebody delete it after the first. */
  ModelVersionView announce(String jobId, Runnable fence) {
    return commit(
        () -> {
          fence.run();
          ModelVersion version = versions.lockByJobId(jobId).orElseThrow();
          if (version.state() != VersionState.READY) {
            version.enter(VersionState.READY);
            ModelVersionView view = version.view(List.of(), signatures);
            log.append(
                EventType.MODEL,
                version.project(),
                view.job(),
                new ModelEvent(view.name(), view.version(), view.job()));
          }
          return version.view(List.of(), signatures);
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
          Optional<RegisteredModel> registered = models.lock(model);
          Optional<ModelVersion> version =
              versions
                  .findByModelNameAndVersion(model, number)
                  .filter(it -> it.state() == VersionState.READY);
          version.ifPresent(
              it -> condemn(registered.orElseThrow(), List.of(it), aliasesOf(it), force));
          return version;
        });
  }

  /** The same with every version of the model that is there to be seen. */
  List<ModelVersion> condemn(String model, boolean force) {
    return commit(
        () -> {
          RegisteredModel registered = models.lock(model).orElseThrow();
          List<ModelVersion> all = versions.findByModelNameAndState(model, VersionState.READY);
          condemn(registered, all, aliases.of(model), force);
          return all;
        });
  }

  private List<Alias> aliasesOf(ModelVersion version) {
    return aliases.of(version.modelName()).stream()
        .filter(it -> it.version() == version.version())
        .toList();
  }

  private void condemn(
      RegisteredModel model, List<ModelVersion> condemned, List<Alias> names, boolean force) {
    if (!names.isEmpty() && !force) {
      throw new ProblemException(
          Problem.IN_USE,
          "Aliases of model '%s' stand for what would be deleted: %s. Move or delete them first, or delete them with it by ?force=true."
              .formatted(
                  model.name(),
                  names.stream()
                      .map(it -> it.alias() + " (version " + it.version() + ")")
                      .collect(Collectors.joining(", "))));
    }
    for (ModelVersion version : condemned) {
      if (uses.stream().anyMatch(it -> it.inUse(version.modelName(), version.version()))) {
        throw new ProblemException(
            Problem.IN_USE,
            "A job that has not ended begins with version %d of model '%s' (training.warmStartFrom); delete it when the job has ended."
                .formatted(version.version(), version.modelName()));
      }
    }
    names.forEach(it -> aliases.delete(model.name(), it));
    for (ModelVersion version : condemned) {
      version.enter(VersionState.DELETING);
      log.append(
          EventType.DELETED,
          version.project(),
          null,
          new ModelEvent(version.modelName(), version.version(), null));
    }
    versions.flush();
    if (versions.count(model.name()).isEmpty()) { // the model is gone, and what was said of it
      model.annotate(Notes.NONE);
    }
  }

  List<ModelVersion> condemned() {
    return versions.findByState(VersionState.DELETING);
  }

  void remove(ModelVersion version) {
    commit(
        () -> {
          models.lock(version.modelName()); // another process may complete the same deletion
          versions
              .findByModelNameAndVersion(version.modelName(), version.version())
              .ifPresent(versions::delete);
          return version;
        });
  }

  /** Every version that is or will be there to be seen. */
  List<String> ids() {
    return versions.ids();
  }

  Optional<ModelVersion> find(String id) {
    return versions.findById(id);
  }

  /** As it is now; nobody else changes what is signed of it. */
  void sign(String id, Signatures with) {
    commit(
        () -> {
          versions.findById(id).ifPresent(it -> it.sign(with));
          return id;
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
        present.get().replaceDetails(details, signatures);
      }
      return present.get();
    }
    RegisteredModel registered =
        models
            .lock(model)
            .orElseGet(
                () ->
                    models.saveAndFlush(
                        new RegisteredModel(model, Acting.project(), clock.instant())));
    return versions.saveAndFlush(
        new ModelVersion(registered, jobId, clock.instant(), details, signatures));
  }

  private <T> T commit(Supplier<T> work) {
    T done = transaction.execute(status -> work.get());
    if (done == null) {
      throw new IllegalStateException("A transaction's work gave nothing");
    }
    return done;
  }
}
