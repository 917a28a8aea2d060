package dev.trainyard.model;

import dev.trainyard.model.alias.Alias;
import dev.trainyard.model.alias.AliasMove;
import dev.trainyard.model.alias.AliasName;
import dev.trainyard.model.alias.Aliases;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Promotion: an alias is moved from one version to another. Each change holds the model's row, as
 * the deletion of a version does, so an alias never stands for a version that is gone.
 */
@Component
public class ModelAliases {

  private final ModelCatalog catalog;
  private final RegisteredModels models;
  private final ModelVersions versions;
  private final Aliases aliases;
  private final ServingConfig serving;
  private final TransactionTemplate transaction;

  ModelAliases(
      ModelCatalog catalog,
      RegisteredModels models,
      ModelVersions versions,
      Aliases aliases,
      ServingConfig serving,
      PlatformTransactionManager transactions) {
    this.catalog = catalog;
    this.models = models;
    this.versions = versions;
    this.aliases = aliases;
    this.serving = serving;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** In the order of their names; {@code latest}, which every model has, is not among them. */
  @Transactional(readOnly = true)
  public List<Alias> of(String model) {
    return aliases.of(catalog.require(model));
  }

  @Transactional(readOnly = true)
  public Alias get(String model, String alias) {
    return find(catalog.require(model), alias);
  }

  /** The newest first. */
  @Transactional(readOnly = true)
  public List<AliasMove> moves(String model, String alias) {
    String name = catalog.require(model);
    List<AliasMove> moves =
        AliasName.isValid(alias) ? aliases.moves(name, alias) : List.<AliasMove>of();
    if (moves.isEmpty()) {
      throw noAlias(name, alias);
    }
    return moves;
  }

  /**
   * Moves the alias to a version, and makes it if there is none. The same again changes nothing.
   *
   * @param version a number, another alias or {@code latest}, which mean what they stand for now
   */
  public Alias set(String model, String alias, String version) {
    AliasName.require(alias);
    change(model, name -> aliases.point(name, alias, catalog.version(name, version).version()));
    return get(model, alias);
  }

  /**
   * Moves it back to where its last move had taken it from; once more, to where it was before that.
   */
  public Alias rollBack(String model, String alias) {
    change(
        model,
        name -> {
          Alias current = find(name, alias);
          aliases.pointBack(name, current, previous(name, current));
        });
    return get(model, alias);
  }

  public void delete(String model, String alias) {
    change(model, name -> aliases.delete(name, find(name, alias)));
  }

  /** Nobody else changes what the model's aliases stand for, and no version goes, meanwhile. */
  private void change(String model, Consumer<String> work) {
    transaction.executeWithoutResult(
        status -> {
          String name = catalog.require(model);
          models.lock(name);
          work.accept(name);
        });
    serving.write();
  }

  private int previous(String model, Alias current) {
    Integer previous = current.previousVersion();
    if (previous == null) {
      throw new ProblemException(
          Problem.ILLEGAL_STATE,
          "The alias '%s' has stood for no version before %d. Set it to the one that you want."
              .formatted(current.alias(), current.version()));
    }
    boolean there =
        versions
            .findByModelNameAndVersion(model, previous)
            .filter(it -> it.state() == VersionState.READY)
            .isPresent();
    if (!there) {
      throw new ProblemException(
          Problem.ILLEGAL_STATE,
          "Version %d, which the alias '%s' stood for before, is gone. Set it to the one that you want."
              .formatted(previous, current.alias()));
    }
    return previous;
  }

  private Alias find(String model, String alias) {
    return Optional.of(alias)
        .filter(AliasName::isValid)
        .flatMap(it -> aliases.find(model, it))
        .orElseThrow(() -> noAlias(model, alias));
  }

  private static ProblemException noAlias(String model, String alias) {
    return new ProblemException(
        Problem.NOT_FOUND,
        "Model '%s' has no alias '%s'. GET /api/v1/models/%s/aliases lists them."
            .formatted(model, alias, model));
  }
}
