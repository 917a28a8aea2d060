package dev.trainyard.model.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

class ModelPropertiesTest {

  @Test
  void every_property_is_taken() {
    Binder binder =
        new Binder(
            new MapConfigurationPropertySource(
                Map.ofEntries(
                    Map.entry("trainyard.model.loaded-models", "3"),
                    Map.entry("trainyard.model.memory", "1GB"),
                    Map.entry("trainyard.model.standby-predictors", "2"),
                    Map.entry("trainyard.model.idle-timeout", "1h"),
                    Map.entry("trainyard.model.prediction-timeout", "5s"),
                    Map.entry("trainyard.model.max-instances", "9"),
                    Map.entry("trainyard.model.max-batch-size", "8"),
                    Map.entry("trainyard.model.batch-delay", "2ms"),
                    Map.entry("trainyard.model.max-queued-instances", "77"),
                    Map.entry("trainyard.model.max-request-size", "2MB"),
                    Map.entry("trainyard.model.predictor-heap", "128MB"))));

    assertThat(binder.bind("trainyard.model", ModelProperties.class).get())
        .isEqualTo(
            new ModelProperties(
                3,
                DataSize.ofGigabytes(1),
                2,
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                9,
                8,
                Duration.ofMillis(2),
                77,
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(128)));
  }

  @ParameterizedTest
  @CsvSource({
    "loaded-models, 0",
    "memory, 100MB",
    "standby-predictors, -1",
    "max-batch-size, 0",
    "batch-delay, -1ms",
    "max-queued-instances, 0",
    "idle-timeout, 0s",
    "prediction-timeout, -1s",
    "max-instances, 0",
    "max-request-size, 10B",
    "predictor-heap, 8MB"
  })
  void a_value_that_cannot_work_stops_the_start(String property, String value) {
    new ApplicationContextRunner()
        .withUserConfiguration(Properties.class)
        .withPropertyValues("trainyard.model." + property + "=" + value)
        .run(context -> assertThat(context).hasFailed());
  }

  @Configuration
  @EnableConfigurationProperties(ModelProperties.class)
  static class Properties {}
}
