package dev.trainyard.trainer.evaluation;

import dev.trainyard.spec.EvaluationMetric;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.tensorflow.Result;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Adds up one evaluation, batch by batch. */
public final class Scoring {

  private final List<String> labels;
  private final ClassCounts counts;
  private double lossSum;
  private long inTopFive;
  private long examples;

  /**
   * @param labels the names of all classes
   */
  public Scoring(List<String> labels) {
    this.labels = labels;
    this.counts = new ClassCounts(labels.size());
  }

  /**
   * Counts a batch.
   *
   * @param batch what was fetched by {@link Predictions#fetchedBy}
   */
  public void add(Result batch) {
    TFloat32 losses = (TFloat32) batch.get(0);
    TInt32 predicted = (TInt32) batch.get(1);
    TBool topFive = (TBool) batch.get(2);
    TInt32 actual = (TInt32) batch.get(3);
    for (long i = 0; i < actual.size(); i++) {
      add(losses.getFloat(i), actual.getInt(i), predicted.getInt(i), topFive.getBoolean(i));
    }
  }

  void add(double loss, int actual, int predicted, boolean amongFive) {
    lossSum += loss;
    counts.add(actual, predicted);
    inTopFive += amongFive ? 1 : 0;
    examples++;
  }

  public long examples() {
    return examples;
  }

  /** Mean; 0 of no images. Not finite when that of any image is not. */
  public double loss() {
    return share(lossSum, examples);
  }

  /**
   * The figures of all batches so far. Top-5 accuracy is only told with more than five classes:
   * with fewer it is always 1.
   *
   * @param validationExamples how many images there are to evaluate
   */
  public EvaluationReport report(long validationExamples) {
    List<ClassScore> scores = counts.scores(labels);
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(EvaluationMetric.LOSS.metricName(), loss());
    metrics.put(EvaluationMetric.ACCURACY.metricName(), share(counts.right(), examples));
    if (labels.size() >= EvaluationMetric.TOP_5_ACCURACY.fewestClasses()) {
      metrics.put(EvaluationMetric.TOP_5_ACCURACY.metricName(), share(inTopFive, examples));
    }
    metrics.put(EvaluationMetric.PRECISION.metricName(), mean(scores, ClassScore::precision));
    metrics.put(EvaluationMetric.RECALL.metricName(), mean(scores, ClassScore::recall));
    metrics.put(EvaluationMetric.F1_SCORE.metricName(), mean(scores, ClassScore::f1));
    long leftOut = Math.max(0, validationExamples - examples);
    return new EvaluationReport(metrics, examples, leftOut, scores, counts.matrix());
  }

  private static double mean(List<ClassScore> scores, ToDoubleFunction<ClassScore> figure) {
    return scores.stream().mapToDouble(figure).average().orElse(0);
  }

  /** {@code part / whole}, and 0 of nothing. */
  static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
