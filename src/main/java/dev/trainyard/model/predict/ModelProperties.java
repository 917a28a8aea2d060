package dev.trainyard.model.predict;

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
 * @param idleTimeout after which a loaded model that nobody asked is let go
 * @param predictionTimeout of one prediction, waiting and loading included
 * @param maxInstances images in one request
 * @param maxRequestSize bytes of one request's JSON, and of all that are held at the same time
 * @param predictorHeap Java heap of a predictor process; TensorFlow's own memory comes on top
 */
@Validated
@ConfigurationProperties("trainyard.model")
public record ModelProperties(
    @DefaultValue("2") @Min(1) int loadedModels,
    @DefaultValue("10m") @NotNull @DurationMin(millis = 1) Duration idleTimeout,
    @DefaultValue("60s") @NotNull @DurationMin(millis = 1) Duration predictionTimeout,
    @DefaultValue("128") @Min(1) int maxInstances,
    @DefaultValue("64MB") @NotNull DataSize maxRequestSize,
    @DefaultValue("512MB") @NotNull DataSize predictorHeap) {

  public ModelProperties {
    if (maxRequestSize.toKilobytes() < 1 || maxRequestSize.toKilobytes() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "trainyard.model.max-request-size must be between 1KB and 2TB");
    }
    if (predictorHeap.toMegabytes() < 64) {
      throw new IllegalArgumentException("trainyard.model.predictor-heap must be at least 64MB");
    }
  }
}
