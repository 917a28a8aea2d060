package dev.trainyard.job.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.telemetry.JobEvaluations.Evaluated;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation as the API shows it: an {@link EvaluationReport} with its place in the job.
 *
 * @param step the global step of the weights
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EvaluationView(
    long step,
    Instant time,
    Map<String, Double> metrics,
    long examples,
    long leftOut,
    List<ClassScore> classes,
    @Nullable List<List<Long>> confusionMatrix) {

  static EvaluationView of(Evaluated evaluated) {
    EvaluationReport report = evaluated.report();
    return new EvaluationView(
        evaluated.step(),
        evaluated.time(),
        report.metrics(),
        report.examples(),
        report.leftOut(),
        report.classes(),
        report.confusionMatrix());
  }
}
