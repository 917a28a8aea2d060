package dev.trainyard;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Services that start with the tests' class path have {@link TestToken}, and children that give way
 * to nobody, for tests wait for what they do. Unless a test says otherwise.
 */
final class ServicesUnderTest implements EnvironmentPostProcessor {

  /** After arguments and the environment, before the configuration file. */
  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    environment
        .getPropertySources()
        .addAfter(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new MapPropertySource(
                "servicesUnderTest",
                Map.of(
                    "trainyard.security.token-file",
                    TestToken.FILE.toString(),
                    "trainyard.child-jvm.niceness",
                    0)));
  }
}
