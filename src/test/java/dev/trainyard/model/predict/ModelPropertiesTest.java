package dev.trainyard.model.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.unit.DataSize;

class ModelPropertiesTest {

  private static final ModelProperties DEFAULTS =
      new ModelProperties(
          2,
          Duration.ofMinutes(10),
          Duration.ofSeconds(60),
          128,
          DataSize.ofMegabytes(64),
          DataSize.ofMegabytes(512));

  @Test
  void the_defaults_are_those_of_application_yml() throws IOException {
    List<PropertySource<?>> file =
        new YamlPropertySourceLoader()
            .load("application.yml", new FileSystemResource("application.yml"));
    Binder documented = new Binder(ConfigurationPropertySources.from(file));
    Binder nothing = new Binder(new MapConfigurationPropertySource(Map.of()));

    assertThat(documented.bind("trainyard.model", ModelProperties.class).get()).isEqualTo(DEFAULTS);
    assertThat(nothing.bindOrCreate("trainyard.model", ModelProperties.class)).isEqualTo(DEFAULTS);
  }

  @Test
  void every_property_is_taken() {
    Binder binder =
        new Binder(
            new MapConfigurationPropertySource(
                Map.of(
                    "trainyard.model.loaded-models", "3",
                    "trainyard.model.idle-timeout", "1h",
                    "trainyard.model.prediction-timeout", "5s",
                    "trainyard.model.max-instances", "9",
                    "trainyard.model.max-request-size", "2MB",
                    "trainyard.model.predictor-heap", "128MB")));

    assertThat(binder.bind("trainyard.model", ModelProperties.class).get())
        .isEqualTo(
            new ModelProperties(
                3,
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                9,
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(128)));
  }

  @ParameterizedTest
  @CsvSource({
    "loaded-models, 0",
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
