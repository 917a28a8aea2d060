package dev.trainyard.trainer.loop;

import dev.trainyard.spec.EarlyStoppingSpec;
import dev.trainyard.spec.EvaluationMetric;
import dev.trainyard.trainer.checkpoint.EvaluationHistory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks whether evaluations still get better, as Keras's {@code EarlyStopping} does: an evaluation
 * improves when it beats the best one so far by more than {@code minDelta}; so many in a row that
 * do not end training. It decides by the whole history, so an attempt that goes on after a crash
 * decides as if there had been none.
 */
final class EarlyStopping {

  private EarlyStopping() {}

  /**
   * @param evaluations in the order of their steps
   * @return why training ends now, if it does
   */
  static Optional<String> verdict(
      EarlyStoppingSpec spec, List<EvaluationHistory.Entry> evaluations) {
    EvaluationMetric monitor = spec.monitor();
    EvaluationHistory.Entry best = null;
    int waited = 0;
    for (EvaluationHistory.Entry entry : evaluations) {
      if (best == null
          || monitor.gain(entry.value(monitor), best.value(monitor)) > spec.minDelta()) {
        best = entry;
        waited = 0;
      } else if (++waited >= spec.patience()) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s did not get better than %.6g, of step %d, in %d evaluations (training.earlyStopping)",
                monitor.metricName(),
                best.value(monitor),
                best.step(),
                waited));
      }
    }
    return Optional.empty();
  }
}
