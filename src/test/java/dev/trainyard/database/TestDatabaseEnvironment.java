package dev.trainyard.database;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives every service that starts in a test JVM its {@link TestDatabase}, unless the test has
 * chosen one itself. Runs before the configuration file is read, for a profile is part of what it
 * sets.
 */
class TestDatabaseEnvironment implements EnvironmentPostProcessor, Ordered {

  @Override
  public int getOrder() {
    return ConfigDataEnvironmentPostProcessor.ORDER - 1;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (!TestDatabase.isPostgresql() || environment.containsProperty("spring.datasource.url")) {
      return;
    }
    String data = environment.getProperty("trainyard.data-dir");
    List<String> properties =
        data == null ? TestDatabase.fresh() : TestDatabase.properties(Path.of(data));
    Map<String, Object> source =
        properties.stream()
            .map(property -> property.split("=", 2))
            .collect(Collectors.toMap(property -> property[0], property -> property[1]));
    environment.getPropertySources().addFirst(new MapPropertySource("testDatabase", source));
  }
}
