package dev.trainyard.database;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL server of a test's own: it can be stopped, killed and started again, on the
 * same data and the same port. Whoever creates it closes it.
 */
public final class PostgresqlServer implements AutoCloseable {

  /** Settings for tests that never look at what a crash leaves. */
  static final List<String> NOT_DURABLE =
      List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");

  private static final List<String> SETTINGS =
      List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300");

  private static final String LAST_WILL =
      """
      trap '' HUP INT TERM
      cat
      kill -QUIT "$(head -n 1 "$1/postmaster.pid")"
      rm -rf "$1" "$2"
      """;

  private final PostgresqlBinaries binaries = PostgresqlBinaries.get();
  private final Path data;
  private final PostgresqlAddress address;
  private final List<String> settings;

  /** Makes a new, empty server; it does not run yet. */
  private PostgresqlServer(List<String> settings) throws IOException {
    this.settings = Stream.concat(SETTINGS.stream(), settings.stream()).toList();
    this.address = new PostgresqlAddress("127.0.0.1", freePort());
    // Not made here: it shall belong to the user that PostgreSQL runs as.
    this.data =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("trainyard-postgresql-" + UUID.randomUUID());
    Path password = Files.createTempFile("trainyard", ".password");
    try {
      Files.writeString(password, PostgresqlAddress.PASSWORD);
      password.toFile().setReadable(true, false);
      binaries.run(
          "initdb",
          "--pgdata=" + data,
          "--username=" + PostgresqlAddress.SUPERUSER,
          "--pwfile=" + password,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          "--locale=C",
          "--no-sync");
    } finally {
      Files.delete(password);
    }
  }

  /** A running server that keeps what it has committed, whatever happens to it. */
  public static PostgresqlServer running() {
    return running(List.of());
  }

  static PostgresqlServer running(List<String> settings) {
    try {
      PostgresqlServer server = new PostgresqlServer(settings);
      server.endWithThisProcess();
      server.start();
      server.address.createServiceUser();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public PostgresqlAddress address() {
    return address;
  }

  /** Starts it and waits until it takes connections. */
  public void start() {
    StringBuilder options = new StringBuilder("-p " + address.port());
    settings.forEach(setting -> options.append(" -c ").append(setting));
    binaries.run(
        "pg_ctl",
        "start",
        "--wait",
        "--pgdata=" + data,
        "--log=" + data.resolve("server.log"),
        "--options=" + options);
  }

  /** Stops it as an operator does: connections are cut, and what was committed is written. */
  public void stop() {
    binaries.run("pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata=" + data);
  }

  /** Kills it, all its processes at once, as a machine that fails does. */
  public void kill() {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().orTimeout(30, TimeUnit.SECONDS).join());
  }

  /**
   * It keeps its connections and answers nothing, as one behind a dead line does. Not on Windows.
   */
  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  public boolean isRunning() {
    return process().filter(ProcessHandle::isAlive).isPresent();
  }

  /** Kills it, if it runs, and deletes its data; needs none of its programs for that. */
  @Override
  public void close() {
    if (isRunning()) {
      kill();
    }
    FileSystemUtils.deleteRecursively(data.toFile());
  }

  /**
   * However this process ends: a shell waits for the end of its standard input, then kills the
   * server and deletes what there is of it. Not on Windows, where shutdown hooks have to do.
   */
  private void endWithThisProcess() throws IOException {
    if (File.separatorChar == '/') {
      new ProcessBuilder("sh", "-c", LAST_WILL, "sh", data.toString(), binaries.folder().toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
  }

  private void signal(String name) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes().forEach(process -> command.add(Long.toString(process.pid())));
    try {
      new ProcessBuilder(command).inheritIO().start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ProcessHandle> processes() {
    ProcessHandle server = process().orElseThrow();
    return Stream.concat(Stream.of(server), server.descendants()).toList();
  }

  /** Empty when it was stopped, or killed and not started again. */
  private Optional<ProcessHandle> process() {
    if (!Files.exists(pidFile())) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(pidFile()).get(0).strip());
      return ProcessHandle.of(pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path pidFile() {
    return data.resolve("postmaster.pid");
  }

  /** Not one of those that clients get, so that nobody takes it while the server is down. */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // It is taken; another may not be.
      }
    }
  }
}
