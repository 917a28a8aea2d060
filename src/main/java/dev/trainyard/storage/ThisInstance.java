package dev.trainyard.storage;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Settles once what other configuration is derived from: {@code trainyard.data-dir} as an absolute
 * path, for H2 refuses one like {@code data} and Tomcat would look for {@code ./data} in its own
 * folder; and {@code trainyard.instance}, a name that no other process ever has. Runs after the
 * configuration files are read, for it has the lowest precedence by default.
 */
class ThisInstance implements EnvironmentPostProcessor {

  private static final String DATA_DIR = "trainyard.data-dir";
  private static final String INSTANCE = "trainyard.instance";
  private static final int LONGEST_HOST = 60;

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> settled = new HashMap<>();
    String configured = environment.getProperty(DATA_DIR);
    if (configured != null) {
      settled.put(DATA_DIR, Path.of(configured).toAbsolutePath().normalize().toString());
    }
    // Made here even after a restart of a container, whose host and process id may be the same.
    String random = new BigInteger(30, new SecureRandom()).toString(Character.MAX_RADIX);
    settled.put(INSTANCE, host() + "-" + ProcessHandle.current().pid() + "-" + random);
    environment.getPropertySources().addFirst(new MapPropertySource("thisInstance", settled));
  }

  private static String host() {
    String name;
    try {
      name = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "host";
    }
    String plain = name.replaceAll("\\..*", "").replaceAll("[^A-Za-z0-9-]", "");
    return plain.isEmpty() || plain.startsWith("-")
        ? "host"
        : plain.substring(0, Math.min(plain.length(), LONGEST_HOST));
  }
}
