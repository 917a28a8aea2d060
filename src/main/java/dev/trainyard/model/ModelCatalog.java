package dev.trainyard.model;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.trainyard.model.alias.Alias;
import dev.trainyard.model.alias.AliasName;
import dev.trainyard.model.alias.Aliases;
import dev.trainyard.model.archive.ModelArchives;
import dev.trainyard.model.predict.Predictors;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.ResourceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** What is registered and ready; everything else is not found. */
@Component
public class ModelCatalog {

  /** Stands for the highest version in place of a number. */
  public static final String LATEST = AliasName.LATEST;

  private static final Logger log = LoggerFactory.getLogger(ModelCatalog.class);
  private static final Pattern NAME = Pattern.compile(ResourceName.PATTERN);
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final ModelVersions versions;
  private final Aliases aliases;
  private final VersionLedger ledger;
  private final ModelFolders folders;
  private final ModelArchives archives;
  private final Predictors predictors;

  ModelCatalog(
      ModelVersions versions,
      Aliases aliases,
      VersionLedger ledger,
      ModelFolders folders,
      ModelArchives archives,
      Predictors predictors) {
    this.versions = versions;
    this.aliases = aliases;
    this.ledger = ledger;
    this.folders = folders;
    this.archives = archives;
    this.predictors = predictors;
  }

  /** Models in the order of their names, from the first after {@code after}. */
  public List<ModelView> models(String after, int limit) {
    return versions.modelsAfter(after, Limit.of(limit));
  }

  public ModelView model(String name) {
    return Optional.of(name)
        .filter(it -> NAME.matcher(it).matches())
        .flatMap(versions::model)
        .orElseThrow(() -> noModel(name));
  }

  /** Versions of a model, the highest first, from the first below {@code before}. */
  public List<ModelVersionView> versions(String name, int before, int limit) {
    String model = model(name).name();
    Map<Integer, List<String>> names =
        aliases.of(model).stream()
            .collect(groupingBy(Alias::version, mapping(Alias::alias, toList())));
    return versions
        .findByModelNameAndStateAndVersionLessThanOrderByVersionDesc(
            model, VersionState.READY, before, Limit.of(limit))
        .stream()
        .map(it -> it.view(names.getOrDefault(it.version(), List.of())).withoutEvaluation())
        .toList();
  }

  /**
   * The one way from what a client calls a version to the version.
   *
   * @param version a number, an alias or {@link #LATEST}
   */
  public ModelVersionView version(String name, String version) {
    String model = model(name).name();
    return find(model, version)
        .map(it -> it.view(aliases.of(model, it.version())))
        .orElseThrow(() -> noVersion(name, version));
  }

  private Optional<ModelVersion> find(String model, String version) {
    if (version.equals(LATEST)) {
      return versions.findFirstByModelNameAndStateOrderByVersionDesc(model, VersionState.READY);
    }
    if (AliasName.isValid(version)) {
      return versions.findByAlias(model, version);
    }
    return Optional.of(version)
        .filter(it -> NUMBER.matcher(it).matches())
        .flatMap(it -> versions.findByModelNameAndVersion(model, Integer.parseInt(it)))
        .filter(it -> it.state() == VersionState.READY);
  }

  /** Where the version's SavedModel lies. */
  public Path folder(ModelVersionView version) {
    return folder(version.name(), version.version());
  }

  /** Where the SavedModel of a version lies, or lay if it was deleted. */
  public Path folder(String name, int version) {
    return folders.of(name, version);
  }

  /**
   * Deletes a version and frees its disk. Its number is never given again, and its model is gone
   * with its last version.
   *
   * @param force deletes the aliases that stand for it as well
   * @throws ProblemException IN_USE when there are some and it is not forced
   */
  public void delete(String name, String version, boolean force) {
    ModelVersionView view = version(name, version);
    ModelVersion condemned =
        ledger
            .condemn(view.name(), view.version(), force)
            .orElseThrow(() -> noVersion(name, version));
    erase(condemned);
  }

  /** Completes the deletions that the service died in. */
  @EventListener(ApplicationReadyEvent.class)
  void completeDeletions() {
    for (ModelVersion version : ledger.condemned()) {
      log.info("{} is deleted now", version);
      erase(version);
    }
  }

  private void erase(ModelVersion version) {
    Path folder = folders.of(version.modelName(), version.version());
    try {
      predictors.release(folder);
      folders.retire(folder);
      archives.delete(version.modelName(), version.version());
    } catch (IOException e) {
      throw new UncheckedIOException(version + " could not be deleted whole", e);
    }
    ledger.remove(version);
  }

  private static ProblemException noModel(String name) {
    return new ProblemException(
        Problem.NOT_FOUND, "There is no model '" + name + "'. GET /api/v1/models lists them.");
  }

  private static ProblemException noVersion(String name, String version) {
    return new ProblemException(
        Problem.NOT_FOUND,
        "Model '"
            + name
            + "' has no version and no alias '"
            + version
            + "'. GET /api/v1/models/"
            + name
            + "/versions lists them.");
  }
}
