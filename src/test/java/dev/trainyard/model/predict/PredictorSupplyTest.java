package dev.trainyard.model.predict;

import static dev.trainyard.model.predict.Questions.images;
import static dev.trainyard.model.predict.Questions.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.model.Exports;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class PredictorSupplyTest {

  @TempDir private Path folder;

  @Test
  void a_process_waits_for_the_next_model_once_one_was_asked() throws Exception {
    ModelProperties properties =
        new ModelProperties(
            2,
            DataSize.ofGigabytes(1),
            1,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            128,
            32,
            Duration.ZERO,
            1024,
            DataSize.ofMegabytes(64),
            DataSize.ofMegabytes(64));
    try (Predictors predictors = Questions.predictors(properties)) {
      assertThat(predictors.standby()).isZero();

      predictors.ask(Exports.anExport(folder, "a graph"), images("\1"));

      await().until(() -> predictors.standby() == 1);
      assertThat(labels(predictors.ask(Exports.anExport(folder, "another graph"), images("\2"))))
          .containsExactly("roses");
      await().until(() -> predictors.standby() == 1);
    }
  }
}
