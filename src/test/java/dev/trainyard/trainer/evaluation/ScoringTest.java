package dev.trainyard.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import tools.jackson.databind.JsonNode;

class ScoringTest {

  private static final List<String> ABC = List.of("a", "b", "c");

  /** 4 of a, of which one is taken for b; 3 of b, one taken for a; 2 of c, both taken for b. */
  @Test
  void figures_are_those_of_a_calculation_by_hand() {
    EvaluationReport report = abc(0.5, "aa aa aa ab bb bb ba cb cb").report(9);

    assertThat(report.confusionMatrix())
        .isEqualTo(List.of(List.of(3L, 1L, 0L), List.of(1L, 2L, 0L), List.of(0L, 2L, 0L)));
    assertThat(report.classes())
        .containsExactly(
            new ClassScore("a", 3 / 4.0, 3 / 4.0, 3 / 4.0, 4),
            new ClassScore("b", 2 / 5.0, 2 / 3.0, 0.5, 3),
            new ClassScore("c", 0, 0, 0, 2)); // never predicted: nothing to divide by
    assertThat(report.metrics())
        .containsOnlyKeys("loss", "accuracy", "precision", "recall", "f1_score")
        .containsEntry("loss", 0.5)
        .containsEntry("accuracy", 5 / 9.0);
    assertThat(report.metrics().get("precision")).isCloseTo(1.15 / 3, within(1e-15));
    assertThat(report.metrics().get("recall")).isCloseTo((0.75 + 2 / 3.0) / 3, within(1e-15));
    assertThat(report.metrics().get("f1_score")).isCloseTo(1.25 / 3, within(1e-15));
    assertThat(report.examples()).isEqualTo(9);
    assertThat(report.leftOut()).isZero();
  }

  @Test
  void a_class_that_never_occurs_has_no_recall_and_no_support() {
    EvaluationReport report = abc(1, "aa ac bb").report(5);

    assertThat(report.classes().get(2)).isEqualTo(new ClassScore("c", 0, 0, 0, 0));
    assertThat(report.leftOut()).isEqualTo(2);
  }

  @Test
  void of_no_images_all_figures_are_0_and_none_is_not_a_number() {
    EvaluationReport report = new Scoring(ABC).report(0);

    assertThat(report.metrics().values()).containsOnly(0.0);
    assertThat(report.classes()).extracting(ClassScore::f1).containsOnly(0.0);
  }

  @Test
  void a_loss_that_is_no_number_shows_in_the_mean() {
    Scoring scoring = abc(1, "aa bb");
    scoring.add(Double.NaN, 0, 0, true);

    assertThat(scoring.loss()).isNaN();
  }

  @Test
  void top_5_accuracy_is_reported_from_six_classes_on() {
    assertThat(many(5).report(5).metrics()).doesNotContainKey("top_5_accuracy");
    assertThat(many(6).report(6).metrics()).containsEntry("top_5_accuracy", 0.5);
  }

  @Test
  void with_more_than_a_hundred_classes_only_the_matrix_is_missing() {
    assertThat(many(100).report(100).confusionMatrix()).hasSize(100);
    EvaluationReport thousand = many(1000).report(1000);
    assertThat(thousand.confusionMatrix()).isNull();
    assertThat(thousand.classes()).hasSize(1000).allMatch(score -> score.f1() == 1);
    byte[] json = SpecJson.MAPPER.writeValueAsBytes(thousand);
    assertThat(json).hasSizeLessThan(100_000);
    assertThat(SpecJson.MAPPER.readValue(json, EvaluationReport.class)).isEqualTo(thousand);
  }

  @Test
  void a_graphs_predictions_score_as_keras_scores_them() throws IOException {
    JsonNode keras = fixture();
    int[] labels = ints(keras.get("labels"));
    float[][] logits =
        StreamSupport.stream(keras.get("logits").spliterator(), false)
            .map(ScoringTest::floats)
            .toArray(float[][]::new);
    List<String> names = IntStream.range(0, 8).mapToObj(i -> "class-" + i).toList();

    EvaluationReport report = scored(names, logits, labels, 60);

    Map<String, Double> metrics = report.metrics();
    for (String name : List.of("loss", "accuracy", "top_5_accuracy")) {
      assertThat(metrics.get(name)).as(name).isCloseTo(keras.get(name).asDouble(), within(1e-6));
    }
    assertThat(SpecJson.MAPPER.writeValueAsString(report.confusionMatrix()))
        .isEqualTo(keras.get("confusion_matrix").toString());
    for (int i = 0; i < 8; i++) {
      ClassScore score = report.classes().get(i);
      assertThat(score.precision())
          .isCloseTo(keras.at("/precision/" + i).asDouble(), within(1e-12));
      assertThat(score.recall()).isCloseTo(keras.at("/recall/" + i).asDouble(), within(1e-12));
      assertThat(score.f1()).isCloseTo(keras.at("/f1/" + i).asDouble(), within(1e-6));
    }
    assertThat(metrics.get("f1_score")).isCloseTo(mean(keras.get("f1")), within(1e-6));
    assertThat(metrics.get("precision")).isCloseTo(mean(keras.get("precision")), within(1e-12));
    assertThat(metrics.get("recall")).isCloseTo(mean(keras.get("recall")), within(1e-12));
    assertThat(scored(names, logits, labels, 7)).as("in batches of another size").isEqualTo(report);
  }

  private static EvaluationReport scored(
      List<String> names, float[][] logits, int[] labels, int batchSize) {
    Scoring scoring = new Scoring(names);
    for (int from = 0; from < labels.length; from += batchSize) {
      int to = Math.min(from + batchSize, labels.length);
      try (Graph graph = new Graph();
          Session session = new Session(graph)) {
        Ops ops = Ops.create(graph);
        Predictions predictions =
            Predictions.of(
                ops,
                ops.constant(Arrays.copyOfRange(logits, from, to)),
                ops.constant(Arrays.copyOfRange(labels, from, to)));
        try (Result batch = predictions.fetchedBy(session.runner()).run()) {
          scoring.add(batch);
        }
      }
    }
    return scoring.report(labels.length);
  }

  /** Each word is the class of an image and what it was taken for. */
  private static Scoring abc(double loss, String words) {
    Scoring scoring = new Scoring(ABC);
    for (String word : words.split(" ")) {
      scoring.add(loss, word.charAt(0) - 'a', word.charAt(1) - 'a', true);
    }
    return scoring;
  }

  /** One image of each class, all of them right; half of them, rounded down, "in the top five". */
  private static Scoring many(int classes) {
    Scoring scoring = new Scoring(IntStream.range(0, classes).mapToObj(i -> "c" + i).toList());
    for (int i = 0; i < classes; i++) {
      scoring.add(0, i, i, i % 2 == 1);
    }
    return scoring;
  }

  private static JsonNode fixture() throws IOException {
    try (InputStream in = ScoringTest.class.getResourceAsStream("/evaluation/scores.json")) {
      return SpecJson.MAPPER.readTree(in);
    }
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static float[] floats(JsonNode array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) array.get(i).asDouble();
    }
    return values;
  }

  private static double mean(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .average()
        .orElseThrow();
  }
}
