package dev.trainyard;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.trainyard.database.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A whole service as a child process, with a port and a data folder of its own. */
record RunningService(Process process, ApiClient api) {

  /**
   * Starts it on the database under test and waits until it is healthy.
   *
   * @param properties further ones, {@code name=value}
   */
  static RunningService start(Path data, String... properties) throws IOException {
    return start(List.of(), data, properties);
  }

  /** Starts it as {@code data} on a disk of its own. */
  static RunningService start(SmallDisk disk, String... properties) throws IOException {
    return start(disk.inside(), disk.mountPoint().resolve("data"), properties);
  }

  private static RunningService start(List<String> before, Path data, String... properties)
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
            "-cp",
            System.getProperty("java.class.path"),
            "dev.trainyard.Trainyard",
            "--server.port=" + port,
            "--trainyard.data-dir=" + data,
            "--trainyard.worker.poll-interval=200ms"));
    TestDatabase.properties(data).forEach(property -> command.add("--" + property));
    Stream.of(properties).forEach(property -> command.add("--" + property));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    RunningService service = new RunningService(process, new ApiClient(port));
    await()
        .atMost(ofSeconds(90))
        .pollInterval(ofSeconds(1))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("It ended at once:\n" + Files.readString(log));
              }
              return service.isHealthy();
            });
    return service;
  }

  private boolean isHealthy() {
    try {
      return api.get("/actuator/health").status() == 200;
    } catch (AssertionError notYet) {
      return false;
    }
  }

  List<ProcessHandle> children(String mainClass) {
    return process
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains(mainClass))
        .toList();
  }

  void kill() {
    process.destroyForcibly();
    waitFor();
  }

  /** SIGTERM, and wait for the end. */
  void terminate() {
    process.destroy();
    waitFor();
  }

  private void waitFor() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("The service does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
