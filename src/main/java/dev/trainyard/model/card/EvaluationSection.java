package dev.trainyard.model.card;

import static dev.trainyard.model.card.Markdown.escape;
import static dev.trainyard.model.card.Markdown.number;
import static dev.trainyard.model.card.Markdown.rounded;

import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How well it does on the images that were held out. */
final class EvaluationSection {

  /** A wider table cannot be read any more. */
  private static final int MOST_COLUMNS = 25;

  private static final int MOST_CLASSES = 200;

  private final Markdown card;
  private final @Nullable EvaluationReport evaluation;

  EvaluationSection(Markdown card, @Nullable EvaluationReport evaluation) {
    this.card = card;
    this.evaluation = evaluation;
  }

  void write() {
    card.heading(2, "Evaluation");
    if (evaluation == null) {
      card.block("It was not evaluated: no images were held out.");
      return;
    }
    card.block(
        "Of the exported weights, on %s held-out images that it was not trained on%s. Precision, recall and F1 are unweighted means over the classes."
            .formatted(
                number(evaluation.examples()),
                evaluation.leftOut() == 0
                    ? ""
                    : " (" + number(evaluation.leftOut()) + " more were left out)"));
    List<List<String>> metrics = new ArrayList<>();
    new TreeMap<>(evaluation.metrics())
        .forEach((name, value) -> metrics.add(List.of(escape(name), rounded(value))));
    card.table(List.of("Metric", "Value:"), metrics);
    classes(evaluation.classes());
    List<List<Long>> matrix = evaluation.confusionMatrix();
    if (matrix != null && !matrix.isEmpty()) {
      confusions(evaluation.classes(), matrix);
    }
  }

  private void classes(List<ClassScore> classes) {
    if (classes.isEmpty()) {
      return;
    }
    card.heading(3, "By class");
    List<List<String>> rows = new ArrayList<>();
    for (ClassScore score : classes.subList(0, Math.min(classes.size(), MOST_CLASSES))) {
      rows.add(
          List.of(
              escape(score.label()),
              rounded(score.precision()),
              rounded(score.recall()),
              rounded(score.f1()),
              number(score.support())));
    }
    card.table(List.of("Class", "Precision:", "Recall:", "F1:", "Images:"), rows);
  }

  private void confusions(List<ClassScore> classes, List<List<Long>> matrix) {
    card.heading(3, "Confusion matrix");
    if (matrix.size() > MOST_COLUMNS || matrix.size() > classes.size()) {
      card.block("It is too wide for a page; `evaluation.confusionMatrix` of the version has it.");
      return;
    }
    card.block("Rows are what the images are, columns what they were taken for.");
    List<String> columns = new ArrayList<>(List.of(""));
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < matrix.size(); i++) {
      columns.add(escape(classes.get(i).label()) + ":");
      List<String> row = new ArrayList<>(List.of("**" + escape(classes.get(i).label()) + "**"));
      for (int j = 0; j < matrix.get(i).size(); j++) {
        String count = number(matrix.get(i).get(j));
        row.add(i == j ? "**" + count + "**" : count);
      }
      rows.add(row);
    }
    card.table(columns, rows);
  }
}
