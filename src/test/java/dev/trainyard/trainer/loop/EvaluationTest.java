package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerEvent.Evaluation;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of 21 validation images are evaluated, and what is told of them. */
class EvaluationTest {

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  private final List<TrainerEvent> events = new ArrayList<>();

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 48, 21);
  }

  @Test
  void every_image_is_evaluated_exactly_once() throws IOException {
    EvaluationReport report = evaluate(plan("a"));

    assertThat(report.examples()).isEqualTo(21);
    assertThat(report.leftOut()).isZero();
    assertThat(report.classes()).extracting(ClassScore::label).isEqualTo(TinyImages.LABELS);
    assertThat(report.classes()).extracting(ClassScore::support).containsExactly(7L, 7L, 7L);
    long right = IntStream.range(0, 3).mapToLong(i -> report.confusionMatrix().get(i).get(i)).sum();
    assertThat(report.metrics()).containsEntry("accuracy", right / 21.0);
  }

  @Test
  void the_size_of_batches_is_no_matter() throws IOException {
    EvaluationReport eight = evaluate(plan("a"));
    EvaluationReport hundred = evaluate(plan("b").training("evaluationBatchSize", 100));

    assertThat(hundred.confusionMatrix()).isEqualTo(eight.confusionMatrix());
    assertThat(hundred.examples()).isEqualTo(21);
  }

  @Test
  void without_the_remainder_what_does_not_fill_a_batch_is_left_out_and_counted()
      throws IOException {
    EvaluationReport report = evaluate(plan("a").training("evaluateRemainder", false));

    assertThat(report.examples()).isEqualTo(16);
    assertThat(report.leftOut()).isEqualTo(5);
    assertThat(report.confusionMatrix().stream().flatMap(List::stream).mapToLong(n -> n).sum())
        .isEqualTo(16);
    assertThat(events).noneMatch(event -> event instanceof TrainerEvent.Warning);
  }

  @Test
  void it_is_always_the_last_images_that_are_left_out() throws IOException {
    for (boolean deterministic : new boolean[] {true, false}) {
      EvaluationReport report =
          evaluate(
              plan("in-order-" + deterministic)
                  .training("deterministic", deterministic)
                  .training("evaluateRemainder", false));

      // Shard 0 holds the images 0, 2, ... 20, shard 1 begins with 1, 3, 5, 7, 9; class: number %
      // 3.
      assertThat(report.classes()).extracting(ClassScore::support).containsExactly(6L, 5L, 5L);
    }
  }

  @Test
  void a_batch_larger_than_the_validation_set_is_rounded_down_to_the_replicas() throws IOException {
    EvaluationReport report =
        evaluate(
            plan("a")
                .accelerator("replicas", 2)
                .training("evaluateRemainder", false)
                .training("evaluationBatchSize", 100));

    assertThat(report.examples()).isEqualTo(20);
    assertThat(report.leftOut()).isEqualTo(1);
  }

  @Test
  void fewer_images_than_replicas_are_refused_before_anything_starts() {
    TrainingPlan.Data few = TinyImages.write(folder.resolve("few"), 48, 3);
    TinyPlan plan =
        plan("a").data(few).accelerator("replicas", 4).training("evaluateRemainder", false);

    assertThatThrownBy(() -> evaluate(plan))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("training.evaluateRemainder")
        .hasMessageContaining("3 validation images");
    assertThat(events).isEmpty();
  }

  @Test
  void the_same_weights_get_the_same_figures_again() throws IOException {
    EvaluationReport first = evaluate(plan("a"));
    events.clear();
    EvaluationReport again = evaluate(plan("a").attempt(2)); // evaluates the checkpoint

    assertThat(events).noneMatch(event -> event instanceof TrainerEvent.Progress);
    assertThat(again).isEqualTo(first);
  }

  private TinyPlan plan(String name) {
    return new TinyPlan(folder.resolve(name), data).steps(6, 6);
  }

  private EvaluationReport evaluate(TinyPlan plan) throws IOException {
    Trainer.train(plan.build(), events::add, () -> false);
    List<Evaluation> evaluations =
        events.stream().filter(Evaluation.class::isInstance).map(Evaluation.class::cast).toList();
    return evaluations.get(evaluations.size() - 1).report();
  }
}
