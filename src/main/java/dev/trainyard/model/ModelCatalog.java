package dev.trainyard.model;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.trainyard.model.alias.Alias;
import dev.trainyard.model.alias.AliasName;
import dev.trainyard.model.alias.Aliases;
import dev.trainyard.model.notes.ModelFilter;
import dev.trainyard.model.signing.Signatures;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.ResourceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is registered and ready; everything else is not found. */
@Component
public class ModelCatalog {

  /** Stands for the highest version in place of a number. */
  public static final String LATEST = AliasName.LATEST;

  private static final Pattern NAME = Pattern.compile(ResourceName.PATTERN);
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final RegisteredModels models;
  private final ModelVersions versions;
  private final Aliases aliases;
  private final ModelFolders folders;
  private final Signatures signatures;

  ModelCatalog(
      RegisteredModels models,
      ModelVersions versions,
      Aliases aliases,
      ModelFolders folders,
      Signatures signatures) {
    this.models = models;
    this.versions = versions;
    this.aliases = aliases;
    this.folders = folders;
    this.signatures = signatures;
  }

  /** Models in the order of their names, from the first after {@code after}. */
  @Transactional(readOnly = true)
  public List<ModelView> models(ModelFilter filter, String after, int limit) {
    Set<String> tags = filter.tags();
    return views(
        versions.modelsAfter(
            after,
            filter.prefix(),
            tags.isEmpty() ? Set.of("") : tags,
            tags.size(),
            Limit.of(limit)));
  }

  @Transactional(readOnly = true)
  public ModelView model(String name) {
    return views(List.of(count(name))).get(0);
  }

  /** Keeps its versions from being deleted until the transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void hold(String name) {
    if (NAME.matcher(name).matches()) {
      models.lock(name);
    }
  }

  /** The name, when there is a model of that name. */
  String require(String name) {
    return count(name).name();
  }

  private ModelCount count(String name) {
    return Optional.of(name)
        .filter(it -> NAME.matcher(it).matches())
        .flatMap(versions::count)
        .orElseThrow(() -> noModel(name));
  }

  private List<ModelView> views(List<ModelCount> counts) {
    List<String> names = counts.stream().map(ModelCount::name).toList();
    Map<String, RegisteredModel> registered =
        models.withTags(names).stream().collect(toMap(RegisteredModel::name, Function.identity()));
    Map<String, Map<String, Integer>> all = aliases.byModel(names);
    return counts.stream()
        .map(
            it ->
                requireNonNull(registered.get(it.name()), it.name())
                    .view(it, all.getOrDefault(it.name(), Map.of())))
        .toList();
  }

  /** Versions of a model, the highest first, from the first below {@code before}. */
  public List<ModelVersionView> versions(String name, int before, int limit) {
    String model = require(name);
    Map<Integer, List<String>> names =
        aliases.of(model).stream()
            .collect(groupingBy(Alias::version, mapping(Alias::alias, toList())));
    return versions
        .findByModelNameAndStateAndVersionLessThanOrderByVersionDesc(
            model, VersionState.READY, before, Limit.of(limit))
        .stream()
        .map(
            it ->
                it.view(names.getOrDefault(it.version(), List.of()), signatures)
                    .withoutEvaluation())
        .toList();
  }

  /**
   * The one way from what a client calls a version to the version.
   *
   * @param version a number, an alias or {@link #LATEST}
   */
  public ModelVersionView version(String name, String version) {
    String model = require(name);
    return find(model, version)
        .map(it -> it.view(aliases.of(model, it.version()), signatures))
        .orElseThrow(() -> noVersion(name, version));
  }

  private Optional<ModelVersion> find(String model, String version) {
    if (version.equals(LATEST)) {
      return versions.findFirstByModelNameAndStateOrderByVersionDesc(model, VersionState.READY);
    }
    if (AliasName.isValid(version)) {
      return versions.findByAlias(model, version);
    }
    return number(version)
        .flatMap(it -> versions.findByModelNameAndVersion(model, it))
        .filter(it -> it.state() == VersionState.READY);
  }

  /** What can be the number of a version. */
  static Optional<Integer> number(String version) {
    return Optional.of(version).filter(it -> NUMBER.matcher(it).matches()).map(Integer::valueOf);
  }

  /** Where the version's SavedModel lies. */
  public Path folder(ModelVersionView version) {
    return folder(version.name(), version.version());
  }

  /** Where the SavedModel of a version lies, or lay if it was deleted. */
  public Path folder(String name, int version) {
    return folders.of(name, version);
  }

  private static ProblemException noModel(String name) {
    return new ProblemException(
        Problem.NOT_FOUND, "There is no model '" + name + "'. GET /api/v1/models lists them.");
  }

  static ProblemException noVersion(String name, String version) {
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
