package dev.trainyard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.database.TestDatabase;
import dev.trainyard.security.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A whole service as a child process, with a port and a data folder of its own. */
public record RunningService(Process process, ApiClient api, Path log) {

  static final String MAIN = "dev.trainyard.Trainyard";

  /**
   * Starts it on the database under test and waits until it is healthy.
   *
   * @param properties further ones, {@code name=value}
   */
  static RunningService start(Path data, String... properties) throws IOException {
    return launch(data, all(data, properties)).healthy();
  }

  /** Starts it as {@code data} on a disk of its own. */
  static RunningService start(SmallDisk disk, String... properties) throws IOException {
    Path data = disk.mountPoint().resolve("data");
    return launch(disk.inside(), MAIN, data, all(data, properties)).healthy();
  }

  private static List<String> all(Path data, String... further) {
    List<String> all = new ArrayList<>(TestDatabase.properties(data));
    all.addAll(List.of(further));
    return all;
  }

  /**
   * Starts it on the database that the properties name, H2 if none, and waits for nothing.
   *
   * @param properties {@code name=value}
   */
  public static RunningService launch(Path data, List<String> properties) throws IOException {
    return launch(MAIN, data, properties);
  }

  /**
   * @param mainClass that starts the service in its own way
   */
  public static RunningService launch(String mainClass, Path data, List<String> properties)
      throws IOException {
    return launch(List.of(), mainClass, data, properties);
  }

  /**
   * @param before the command that runs what follows it
   */
  static RunningService launch(
      List<String> before, String mainClass, Path data, List<String> properties)
      throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path log = Files.createTempFile("trainyard-service", ".log");
    log.toFile().deleteOnExit();
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // A quarter of the time that a start takes.
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
            "-cp",
            System.getProperty("java.class.path"),
            mainClass,
            "--server.port=" + port,
            "--trainyard.data-dir=" + data,
            "--trainyard.worker.poll-interval=200ms"));
    properties.forEach(property -> command.add("--" + property));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new RunningService(process, new ApiClient(port), log);
  }

  /** Waits until it is. */
  public RunningService healthy() {
    await()
        .atMost(ofSeconds(90))
        .pollInterval(ofMillis(250))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("It ended at once:\n" + Files.readString(log));
              }
              return isHealthy();
            });
    return this;
  }

  public boolean isHealthy() {
    try {
      return api.get("/actuator/health").status() == 200;
    } catch (AssertionError notYet) {
      return false;
    }
  }

  public List<ProcessHandle> children(String mainClass) {
    return process
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains(mainClass))
        .toList();
  }

  public void kill() {
    process.destroyForcibly();
    waitFor();
  }

  /** All that it has started dies at the same moment. */
  public void killWithChildren() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    waitFor();
  }

  /** SIGTERM, and wait for the end. */
  public void terminate() {
    process.destroy();
    waitFor();
  }

  /** However it ended: no secret stands in its log. */
  private void waitFor() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("The service does not end");
      }
      try (Stream<String> lines = Files.lines(log, ISO_8859_1)) {
        assertThat(lines.filter(line -> Token.FORM.matcher(line).find()))
            .as("secrets in the log")
            .isEmpty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
