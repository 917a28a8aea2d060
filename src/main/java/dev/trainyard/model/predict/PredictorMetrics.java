package dev.trainyard.model.predict;

import dev.trainyard.telemetry.ServiceMetrics;
import dev.trainyard.telemetry.TrainyardMetric;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What is measured of the loaded models, all together. */
@Component
class PredictorMetrics {

  private final ServiceMetrics metrics;

  PredictorMetrics(ServiceMetrics metrics) {
    this.metrics = metrics;
  }

  void batch(int rows) {
    metrics.summary(TrainyardMetric.PREDICTION_BATCH_SIZE).record(Math.max(1, rows));
  }

  void loaded(long nanos) {
    metrics.timer(TrainyardMetric.MODEL_LOAD_TIME).record(nanos, TimeUnit.NANOSECONDS);
  }

  void watch(Predictors predictors) {
    metrics.gauge(TrainyardMetric.LOADED_MODELS, () -> predictors.processes().size());
    metrics.gauge(TrainyardMetric.LOADED_MODELS_MEMORY, predictors::memory);
    metrics.gauge(TrainyardMetric.PREDICTION_QUEUE, predictors::queued);
    metrics.gauge(TrainyardMetric.STANDBY_PREDICTORS, predictors::standby);
  }
}
