package dev.trainyard.trainer.loop;

import org.tensorflow.Result;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** How well a number of examples were classified. */
record BatchScore(double lossSum, long correct, long examples) {

  static final BatchScore NONE = new BatchScore(0, 0, 0);

  /** Reads the fetched loss sum, count of right answers and count of examples, in that order. */
  static BatchScore of(Result result) {
    return new BatchScore(
        ((TFloat32) result.get(0)).getFloat(),
        ((TInt64) result.get(1)).getLong(),
        ((TInt64) result.get(2)).getLong());
  }

  BatchScore plus(BatchScore other) {
    return new BatchScore(
        lossSum + other.lossSum, correct + other.correct, examples + other.examples);
  }

  /** The mean; 0 of no examples. */
  double loss() {
    return examples == 0 ? 0 : lossSum / examples;
  }

  /** The share of right answers; 0 of no examples. */
  double accuracy() {
    return examples == 0 ? 0 : (double) correct / examples;
  }
}
