package dev.trainyard.model.predict;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How models are served.
 *
 * @param loadedModels models held loaded at the same time, each in a process of its own
 * @param memory that their processes may take together
 * @param standbyPredictors processes that are started ahead, warm, and wait for a model
 * @param idleTimeout after which a loaded model that nobody asked is let go
 * @param predictionTimeout of one prediction, waiting and loading included
 * @param maxInstances images, or other rows, in one request
 * @param maxBatchSize rows of different requests that a model is asked together; 1 for none
 * @param batchDelay that a request waits for others, beside the time the model is busy
 * @param maxQueuedInstances rows that may wait for one model
 * @param maxRequestSize bytes of one request, of all that are held at the same time, and of one
 *     answer's tensors
 * @param predictorHeap Java heap of a predictor process; TensorFlow's own memory comes on top
 */
@Validated
@ConfigurationProperties("trainyard.model")
public record ModelProperties(
    @DefaultValue("2") @Min(1) int loadedModels,
    @DefaultValue("4GB") @NotNull DataSize memory,
    @DefaultValue("1") @Min(0) @Max(64) int standbyPredictors,
    @DefaultValue("10m") @NotNull @DurationMin(millis = 1) Duration idleTimeout,
    @DefaultValue("60s") @NotNull @DurationMin(millis = 1) Duration predictionTimeout,
    @DefaultValue("128") @Min(1) int maxInstances,
    @DefaultValue("32") @Min(1) int maxBatchSize,
    @DefaultValue("0ms") @NotNull @DurationMin(millis = 0) Duration batchDelay,
    @DefaultValue("1024") @Min(1) int maxQueuedInstances,
    @DefaultValue("64MB") @NotNull DataSize maxRequestSize,
    @DefaultValue("512MB") @NotNull DataSize predictorHeap) {

  public ModelProperties {
    if (maxRequestSize.toKilobytes() < 1 || maxRequestSize.toMegabytes() > 1024) {
      throw new IllegalArgumentException(
          "trainyard.model.max-request-size must be between 1KB and 1GB");
    }
    if (predictorHeap.toMegabytes() < 64) {
      throw new IllegalArgumentException("trainyard.model.predictor-heap must be at least 64MB");
    }
    if (memory.toMegabytes() < 256) {
      throw new IllegalArgumentException("trainyard.model.memory must be at least 256MB");
    }
  }
}
