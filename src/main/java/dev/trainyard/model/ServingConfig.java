package dev.trainyard.model;

import dev.trainyard.model.alias.Aliases;
import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.project.Acting;
import dev.trainyard.retention.Chore;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/**
 * What TensorFlow Serving is to load, as its {@code ModelServerConfig} in text form: of each model
 * the highest version and those that have an alias, with the aliases as labels. Kept as {@code
 * data/models/models.config} by whichever process changes something.
 *
 * @see <a href="https://www.tensorflow.org/tfx/serving/serving_config">Serving configuration</a>
 */
@Component
public class ServingConfig implements Chore {

  /** Where a container of that server has its models. */
  public static final String BASE_PATH = "/models";

  private static final Logger log = LoggerFactory.getLogger(ServingConfig.class);
  private static final Pattern PATH =
      Pattern.compile("(?=.{1,255}$)([a-z][a-z0-9]{0,15}:/)?(/[A-Za-z0-9._~-]+)+");

  private final ModelVersions versions;
  private final Aliases aliases;
  private final Storage storage;

  ServingConfig(ModelVersions versions, Aliases aliases, Storage storage) {
    this.versions = versions;
    this.aliases = aliases;
    this.storage = storage;
  }

  /**
   * @param basePath of the folder that holds the models' folders, where that server sees it
   * @throws ProblemException INVALID_REQUEST, naming {@code basePath}
   */
  public String text(String basePath) {
    if (!PATH.matcher(basePath).matches()) {
      String message =
          "must be an absolute path such as /models or gs://bucket/models, of letters, digits,"
              + " '.', '_', '~' and '-'";
      throw new ProblemException(
          Problem.INVALID_REQUEST,
          "'basePath' " + message + ".",
          new FieldProblem("basePath", message));
    }
    List<ModelCount> models = versions.modelsAfter("", "", Set.of(""), 0, Limit.unlimited());
    Map<String, Map<String, Integer>> labels =
        aliases.byModel(models.stream().map(ModelCount::name).toList());
    StringBuilder text = new StringBuilder("model_config_list {\n");
    for (ModelCount model : models) {
      append(text, basePath, model, labels.getOrDefault(model.name(), Map.of()));
    }
    return text.append("}\n").toString();
  }

  /** Names are plain by construction, so nothing has to be quoted. */
  private static void append(
      StringBuilder text, String basePath, ModelCount model, Map<String, Integer> labels) {
    Set<Integer> loaded = new TreeSet<>(labels.values());
    loaded.add(model.latestVersion());
    text.append("  config {\n")
        .append("    name: \"%s\"\n".formatted(model.name()))
        .append("    base_path: \"%s/%s\"\n".formatted(basePath, model.name()))
        .append("    model_platform: \"tensorflow\"\n")
        .append("    model_version_policy {\n      specific {\n");
    loaded.forEach(version -> text.append("        versions: %d\n".formatted(version)));
    text.append("      }\n    }\n");
    labels.forEach(
        (alias, version) ->
            text.append("    version_labels {\n")
                .append("      key: \"%s\"\n      value: %d\n    }\n".formatted(alias, version)));
    text.append("  }\n");
  }

  /**
   * Brings the file up to date. Several processes may do so at the same time, and none may leave
   * there what it has read before another's change: so each looks again after it has written. What
   * fails is tried again by the housekeeper.
   */
  void write() {
    try {
      String written = null;
      for (String text = ofAll(); !text.equals(written); text = ofAll()) {
        replace(text);
        written = text;
      }
    } catch (IOException | RuntimeException e) {
      log.warn("models.config could not be written: {}", e.toString());
    }
  }

  /** The file is of all projects, whoever has changed something. */
  private String ofAll() {
    return Acting.onAll(() -> text(BASE_PATH));
  }

  /** At the start too: the change that a process died after is made up for. */
  @Override
  public void tidy() {
    write();
  }

  private void replace(String text) throws IOException {
    Path file = storage.of("models", "models.config");
    if (Files.isRegularFile(file) && Files.readString(file).equals(text)) {
      return;
    }
    Path complete = storage.newTemporaryFile();
    try {
      Files.writeString(complete, text);
      storage.publish(complete, file);
    } finally {
      Files.deleteIfExists(complete);
    }
  }
}
