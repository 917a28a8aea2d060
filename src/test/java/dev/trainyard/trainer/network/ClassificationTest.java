package dev.trainyard.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.EagerSession;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class ClassificationTest {

  private static final float[][] LOGITS = {{2, -1, 0.5f}, {0.1f, 0.2f, 3}};
  private static final int[] LABELS = {0, 1};

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.6})
  void the_loss_is_the_cross_entropy_with_smoothed_labels(double smoothing) {
    double expected = 0;
    for (int i = 0; i < LOGITS.length; i++) {
      double sum = 0;
      for (float logit : LOGITS[i]) {
        sum += Math.exp(logit);
      }
      for (int c = 0; c < LOGITS[i].length; c++) {
        double target = (c == LABELS[i] ? 1 - smoothing : 0) + smoothing / LOGITS[i].length;
        expected -= target * (LOGITS[i][c] - Math.log(sum));
      }
    }
    try (EagerSession session = EagerSession.create()) {
      Ops ops = Ops.create(session);
      Classification score =
          Classification.of(ops, ops.constant(LOGITS), ops.constant(LABELS), smoothing);
      assertThat((double) value(score.lossSum().asTensor())).isCloseTo(expected, within(1e-6));
      assertThat((double) value(score.loss().asTensor())).isCloseTo(expected / 2, within(1e-6));
      assertThat(score.correct().asTensor().getLong()).isEqualTo(1);
    }
  }

  private static float value(TFloat32 scalar) {
    return scalar.getFloat();
  }
}
