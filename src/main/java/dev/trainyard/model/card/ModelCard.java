package dev.trainyard.model.card;

import static dev.trainyard.model.card.Markdown.code;
import static dev.trainyard.model.card.Markdown.escape;
import static dev.trainyard.model.card.Markdown.number;

import dev.trainyard.model.ImportedModel;
import dev.trainyard.model.ModelFile;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.trainer.protocol.TrainerEvent.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The card of a version, after Mitchell and others, <i>Model Cards for Model Reporting</i>: what is
 * known, and that the rest is not.
 *
 * @see <a href="https://arxiv.org/abs/1810.03993">Model Cards for Model Reporting</a>
 */
public final class ModelCard {

  private static final int MOST_CLASSES = 200;

  private final ModelVersionView version;
  private final String service;
  private final Markdown card = new Markdown();

  private ModelCard(ModelVersionView version, String service) {
    this.version = version;
    this.service = service;
  }

  /**
   * @param service where it can be reached, like {@code http://localhost:8080}
   */
  public static String of(ModelVersionView version, String service) {
    ModelCard card = new ModelCard(version, service);
    card.head();
    card.use();
    card.classes();
    ImportedModel imported = version.imported();
    if (imported == null) {
      new EvaluationSection(card.card, version.evaluation()).write();
      OriginSection origin = new OriginSection(card.card, version);
      origin.write();
      card.usage();
      origin.spec();
    } else {
      new ImportSection(card.card, imported).write();
      card.usage();
    }
    return card.card.toString();
  }

  private void head() {
    card.heading(1, escape(version.name()) + ", version " + version.version());
    String description = version.description();
    if (description != null && !description.isBlank()) {
      card.quote(description);
    }
    JobSpec spec = version.spec();
    card.block(
        (spec == null
                ? "A model with %s parameters. It was made elsewhere, was imported into"
                    .formatted(number(version.parameters()))
                : "A classifier of images into %d classes, a %s with %s parameters. It was trained by a job of"
                    .formatted(
                        version.labels().size(),
                        code(spec.model().type()),
                        number(version.parameters())))
            + " [Trainyard](%s), and is a TensorFlow SavedModel of %s in %d files."
                .formatted(service, megabytes(version.sizeBytes()), version.files().size()));
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("Registered", version.createTime().toString()));
    if (!version.aliases().isEmpty()) {
      facts.add(
          List.of(
              "Aliases",
              version.aliases().stream().map(Markdown::code).collect(Collectors.joining(", "))));
    }
    version.tags().forEach((key, value) -> facts.add(List.of("Tag " + escape(key), escape(value))));
    version
        .libraryVersions()
        .forEach(
            (library, number) ->
                facts.add(List.of("Made with " + escape(library), escape(number))));
    card.table(List.of("Fact", "Value"), facts);
  }

  private void use() {
    card.heading(2, "Intended use");
    JobSpec spec = version.spec();
    if (spec == null) {
      card.block(
          "What it is meant for was not told when it was imported. What its signatures take and give:");
    } else {
      card.block(
          "It takes encoded JPEG or PNG images of any size, which it resizes to %d x %d pixels by itself, and answers one class for each, with the probability of every class."
              .formatted(spec.input().height(), spec.input().width()));
      card.block(
          "It always answers one of the classes below, also for an image that shows none of them, and its probabilities are not calibrated. How well it does on images that are unlike those of its dataset was not measured.");
    }
    List<List<String>> tensors = new ArrayList<>();
    version
        .signatures()
        .forEach(
            (name, signature) -> {
              tensors(tensors, name, "input", signature.inputs());
              tensors(tensors, name, "output", signature.outputs());
            });
    card.table(List.of("Signature", "Direction", "Tensor", "Type", "Shape"), tensors);
  }

  private static void tensors(
      List<List<String>> rows, String signature, String way, List<TensorInfo> tensors) {
    for (TensorInfo tensor : tensors) {
      rows.add(
          List.of(
              escape(signature),
              way,
              escape(tensor.name()),
              escape(tensor.dtype()),
              shape(tensor.shape())));
    }
  }

  /** The batch, of any size, is {@code n}; another side of any size is {@code ?}. */
  private static String shape(@Nullable List<Long> shape) {
    if (shape == null) {
      return code("any");
    }
    StringJoiner sides = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < shape.size(); i++) {
      sides.add(shape.get(i) >= 0 ? shape.get(i).toString() : i == 0 ? "n" : "?");
    }
    return code(sides);
  }

  private void classes() {
    card.heading(2, "Classes");
    List<List<String>> rows = new ArrayList<>();
    List<String> labels = version.labels();
    if (labels.isEmpty()) {
      card.block("It brought no names of classes.");
      return;
    }
    for (int i = 0; i < Math.min(labels.size(), MOST_CLASSES); i++) {
      rows.add(List.of(Integer.toString(i), escape(labels.get(i))));
    }
    card.table(List.of("classid:", "Class"), rows);
    if (labels.size() > MOST_CLASSES) {
      card.block("... and %d more.".formatted(labels.size() - MOST_CLASSES));
    }
  }

  private void usage() {
    new LoadingSection(card, version, service).write();
    files();
  }

  private void files() {
    card.heading(2, "Files");
    List<List<String>> rows = new ArrayList<>();
    for (ModelFile file : version.files()) {
      rows.add(List.of(escape(file.path()), number(file.bytes()), code(file.sha256())));
    }
    card.table(List.of("Path", "Bytes:", "SHA-256"), rows);
  }

  private static String megabytes(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
