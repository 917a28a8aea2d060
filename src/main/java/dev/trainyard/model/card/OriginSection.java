package dev.trainyard.model.card;

import static dev.trainyard.model.card.Markdown.code;
import static dev.trainyard.model.card.Markdown.escape;
import static dev.trainyard.model.card.Markdown.number;

import dev.trainyard.model.DatasetRef;
import dev.trainyard.model.ModelVersionView;
import dev.trainyard.model.TrainingAttempt;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.TrainingSpec;
import dev.trainyard.spec.WarmStartSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.SerializationFeature;

/** What a version that was trained here was made of, how, and by whom. */
final class OriginSection {

  private final Markdown card;
  private final ModelVersionView version;
  private final JobSpec spec;
  private final DatasetRef dataset;
  private final String job;

  OriginSection(Markdown card, ModelVersionView version) {
    this.card = card;
    this.version = version;
    this.spec = Objects.requireNonNull(version.spec());
    this.dataset = Objects.requireNonNull(version.dataset());
    this.job = Objects.requireNonNull(version.job());
  }

  void write() {
    data();
    procedure();
    lineage();
  }

  private void data() {
    card.heading(2, "Training data");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("Dataset", "%s, version %d".formatted(escape(dataset.name()), dataset.version())));
    rows.add(List.of("Id", code(escape(dataset.id()))));
    if (dataset.trainExamples() != null && dataset.validationExamples() != null) {
      rows.add(List.of("Images to train on", number(dataset.trainExamples())));
      rows.add(List.of("Images held out", number(dataset.validationExamples())));
    }
    rows.add(List.of("SHA-256 of its manifest", code(dataset.sha256())));
    card.table(List.of("Fact", "Value"), rows);
  }

  private void procedure() {
    TrainingSpec training = spec.training();
    card.heading(2, "Training procedure");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Network", inline(spec.model())));
    rows.add(List.of("Optimizer", inline(training.optimizer())));
    rows.add(List.of("Learning rate schedule", inline(training.schedule())));
    rows.add(List.of("Batch size", number(training.batchSize())));
    rows.add(List.of("Step that was exported", number(version.step())));
    rows.add(List.of("Seed", Long.toString(version.seed())));
    rows.add(List.of("Precision", inline(training.precision())));
    rows.add(List.of("Accelerator", inline(spec.accelerator())));
    WarmStartSpec start = version.warmStart();
    rows.add(List.of("Begun with", start == null ? "random weights" : inline(start)));
    card.table(List.of("Fact", "Value"), rows);
  }

  /** All that was asked for; long, so it comes last. */
  void spec() {
    card.heading(2, "The job's spec");
    card.code(
        "json",
        SpecJson.MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(spec));
  }

  private void lineage() {
    card.heading(2, "Lineage");
    card.block(
        "Made by job %s from version %d of dataset %s."
            .formatted(code(escape(job)), dataset.version(), escape(dataset.name())));
    if (version.attempts().isEmpty()) {
      card.block("What became of its attempts was not kept.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (TrainingAttempt attempt : version.attempts()) {
      rows.add(
          List.of(
              Integer.toString(attempt.number()),
              escape(attempt.worker()),
              attempt.startTime().toString(),
              attempt.endTime() == null ? "" : attempt.endTime().toString(),
              attempt.reason() == null
                  ? escape(attempt.outcome())
                  : escape(attempt.outcome() + ", " + attempt.reason()),
              attempt.fromStep() == null || attempt.toStep() == null
                  ? "none"
                  : number(attempt.fromStep()) + " to " + number(attempt.toStep())));
    }
    card.table(List.of("Attempt:", "Worker", "Start", "End", "Outcome", "Steps"), rows);
  }

  /** Of our own records, on one line. */
  private static String inline(Object value) {
    return escape(
        SpecJson.MAPPER
            .writeValueAsString(value)
            .replaceAll("[{}\"]", "")
            .replace(",", ", ")
            .replace(":", " "));
  }
}
