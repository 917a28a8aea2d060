package dev.trainyard;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Services under test have one token, unless a test says otherwise, so that any client has it. */
public final class TestToken implements EnvironmentPostProcessor {

  public static final String VALUE = "ty_0service_7e577e577e577e577e577e577e577e577e577e57";

  public static final Path FILE = file();

  /** Of the header Authorization. */
  public static final String BEARER = "Bearer " + VALUE;

  /** After arguments and the environment, before the configuration file. */
  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment
        .getPropertySources()
        .addAfter(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new MapPropertySource(
                "testToken",
                Map.of(
                    "trainyard.security.token-file",
                    FILE.toString(),
                    // Tests wait for what children do.
                    "trainyard.child-jvm.niceness",
                    0)));
  }

  private static Path file() {
    try {
      return Path.of(Objects.requireNonNull(TestToken.class.getResource("/token")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
