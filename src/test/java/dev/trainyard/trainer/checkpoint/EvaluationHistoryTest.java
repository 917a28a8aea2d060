package dev.trainyard.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.EvaluationMetric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationHistoryTest {

  @TempDir Path folder;

  @Test
  void the_next_attempt_knows_what_was_found_up_to_the_step_that_it_restores() throws IOException {
    EvaluationHistory first = history(0);
    first.add(10, accuracy(0.1 + 0.2));
    first.add(20, accuracy(0.9));
    first.add(30, accuracy(0.5));

    EvaluationHistory next = history(25);

    assertThat(next.all()).isEqualTo(first.all().subList(0, 2));
    assertThat(next.best(EvaluationMetric.ACCURACY)).hasValue(20);
  }

  @Test
  void what_is_found_again_takes_the_place_of_what_was_found_before() throws IOException {
    EvaluationHistory history = history(0);
    history.add(10, accuracy(0.9));
    history.add(20, accuracy(0.8));
    history.add(10, accuracy(0.7));

    assertThat(history(20).all())
        .extracting(entry -> entry.value(EvaluationMetric.ACCURACY))
        .containsExactly(0.7, 0.8);
  }

  @Test
  void the_best_is_the_first_of_the_best_by_the_metrics_own_sense() throws IOException {
    EvaluationHistory history = history(0);
    assertThat(history.best(EvaluationMetric.LOSS)).isEmpty();
    history.add(10, Map.of("loss", 0.5, "accuracy", 0.7));
    history.add(20, Map.of("loss", 0.4, "accuracy", 0.8));
    history.add(30, Map.of("loss", 0.6, "accuracy", 0.8));
    history.add(40, Map.of("loss", 0.4, "accuracy", 0.6));

    assertThat(history.best(EvaluationMetric.LOSS)).hasValue(20);
    assertThat(history.best(EvaluationMetric.ACCURACY)).hasValue(20);
    assertThat(history.bestFirst(EvaluationMetric.ACCURACY))
        .extracting(EvaluationHistory.Entry::step)
        .containsExactly(20L, 30L, 10L, 40L);
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("evaluations.json"));
    assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
  }

  private EvaluationHistory history(long step) throws IOException {
    return new EvaluationHistory(folder.resolve("evaluations.json"), step);
  }

  private static Map<String, Double> accuracy(double value) {
    return Map.of("accuracy", value);
  }
}
