package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.EarlyStoppingSpec;
import dev.trainyard.spec.EvaluationMetric;
import dev.trainyard.trainer.checkpoint.EvaluationHistory.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {

  /** The last column is the epoch at which Keras 3's callback of that name ends the same run. */
  @ParameterizedTest
  @CsvSource({
    "LOSS,     1, 0,    1.0 0.9 0.8 0.7,              0",
    "LOSS,     1, 0,    1.0 0.9 0.9 0.8,              3",
    "LOSS,     2, 0,    1.0 0.9 0.95 0.8 0.9 0.8 0.1, 6",
    "LOSS,     3, 0,    1.0 1.1 1.2 0.9 1 1 1,        7",
    "LOSS,     2, 0.1,  1.0 0.95 0.92 0.5,            3",
    "LOSS,     2, 0.5,  2.0 1.5 1.0 0.4,              0",
    "ACCURACY, 2, 0,    0.5 0.4 0.6 0.6 0.6,          5",
    "ACCURACY, 1, 0.1,  0.5 0.7 0.75,                 3",
    "ACCURACY, 3, 0,    0.5 0.4,                      0",
  })
  void training_ends_at_the_evaluation_at_which_keras_ends_it(
      EvaluationMetric monitor, int patience, double minDelta, String values, int endsAt) {
    EarlyStoppingSpec spec = new EarlyStoppingSpec(monitor, patience, minDelta);
    List<Entry> seen = new ArrayList<>();
    int ended = 0;
    for (String value : values.split(" ")) {
      seen.add(
          new Entry(
              10L * (seen.size() + 1), Map.of(monitor.metricName(), Double.parseDouble(value))));
      if (ended == 0 && EarlyStopping.verdict(spec, seen).isPresent()) {
        ended = seen.size();
      }
    }

    assertThat(ended).isEqualTo(endsAt);
  }
}
