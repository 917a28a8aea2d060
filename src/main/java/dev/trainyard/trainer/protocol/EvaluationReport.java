package dev.trainyard.trainer.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.spec.EvaluationMetric;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one evaluation of the validation images found. The figures are scikit-learn's, with all of
 * the dataset's classes as {@code labels} and {@code zero_division=0}: the precision of a class
 * that is never predicted and the recall of one that never occurs are 0. Averages over classes are
 * unweighted means of all of them ({@code average="macro"}), which is what Keras's {@code
 * F1Score(average="macro")} gives too.
 *
 * @param metrics by the names in {@link EvaluationMetric}; accuracies, precision, recall and F1 are
 *     0 to 1
 * @param examples images that were evaluated
 * @param leftOut images of the validation set that were not
 * @param classes in the order of the labels
 * @param confusionMatrix row: the true class, column: the predicted one, both in the order of
 *     {@code classes}; null with more than {@value #MOST_CLASSES_IN_MATRIX} classes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvaluationReport(
    Map<String, Double> metrics,
    long examples,
    long leftOut,
    List<ClassScore> classes,
    @Nullable List<List<Long>> confusionMatrix) {

  /** A matrix of more classes would be larger than everything else that is kept of a job. */
  public static final int MOST_CLASSES_IN_MATRIX = 100;

  /**
   * How well one class is recognized.
   *
   * @param precision share of the images predicted to be of this class that are
   * @param recall share of the images of this class that were predicted to be
   * @param f1 harmonic mean of both; 0 when both are
   * @param support how many images are of this class
   */
  public record ClassScore(
      String label, double precision, double recall, double f1, long support) {}

  /** The metric's value; null where it was not measured. */
  public @Nullable Double metric(EvaluationMetric metric) {
    return metrics.get(metric.metricName());
  }
}
