package dev.trainyard.trainer.evaluation;

import static dev.trainyard.trainer.evaluation.Scoring.share;

import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which classes images are of and which they were taken for. The memory of the counts grows with
 * the number of classes, and only where the matrix is shown with its square.
 */
final class ClassCounts {

  private final long[] actual;
  private final long[] predicted;
  private final long[] right;
  private final long @Nullable [][] matrix;

  ClassCounts(int classes) {
    this.actual = new long[classes];
    this.predicted = new long[classes];
    this.right = new long[classes];
    this.matrix =
        classes <= EvaluationReport.MOST_CLASSES_IN_MATRIX ? new long[classes][classes] : null;
  }

  void add(int actualClass, int predictedClass) {
    actual[actualClass]++;
    predicted[predictedClass]++;
    if (actualClass == predictedClass) {
      right[actualClass]++;
    }
    if (matrix != null) {
      matrix[actualClass][predictedClass]++;
    }
  }

  /** How many images were taken for what they are. */
  long right() {
    return Arrays.stream(right).sum();
  }

  List<ClassScore> scores(List<String> labels) {
    return IntStream.range(0, actual.length)
        .mapToObj(
            i ->
                new ClassScore(
                    labels.get(i),
                    share(right[i], predicted[i]),
                    share(right[i], actual[i]),
                    // 2pr / (p + r), with less to round
                    share(2.0 * right[i], actual[i] + predicted[i]),
                    actual[i]))
        .toList();
  }

  /** Rows of true classes, columns of predicted ones; null with too many classes to show. */
  @Nullable List<List<Long>> matrix() {
    return matrix == null
        ? null
        : Arrays.stream(matrix).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }
}
