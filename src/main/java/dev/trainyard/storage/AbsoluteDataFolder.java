package dev.trainyard.storage;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes {@code trainyard.data-dir} absolute once, for everybody whose configuration is derived from
 * it: H2 refuses a path like {@code data}, and Tomcat would look for {@code ./data} in its own
 * folder. Runs after the configuration files are read, for it has the lowest precedence by default.
 */
class AbsoluteDataFolder implements EnvironmentPostProcessor {

  private static final String DATA_DIR = "trainyard.data-dir";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String configured = environment.getProperty(DATA_DIR);
    if (configured != null) {
      String absolute = Path.of(configured).toAbsolutePath().normalize().toString();
      environment
          .getPropertySources()
          .addFirst(new MapPropertySource("absoluteDataFolder", Map.of(DATA_DIR, absolute)));
    }
  }
}
