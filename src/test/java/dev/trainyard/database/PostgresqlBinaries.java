package dev.trainyard.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs for this machine, from a jar on the class path, unpacked once a test
 * JVM. PostgreSQL refuses to run as root; where the tests do, its programs run as nobody.
 */
final class PostgresqlBinaries {

  /**
   * Ways for root to be nobody. The first works for a real root, in a container too; the second
   * where no other user is mapped but a new user namespace is allowed.
   */
  private static final List<List<String>> AS_NOBODY =
      List.of(
          List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
          List.of("unshare", "--user"));

  private static final String EXECUTABLE = "rwxr-xr-x";

  private static final class Once {
    private static final PostgresqlBinaries UNPACKED = new PostgresqlBinaries();
  }

  private final Path folder;
  private final List<String> prefix;

  private PostgresqlBinaries() {
    try {
      this.prefix = prefix();
      this.folder = Files.createTempDirectory("trainyard-postgresql");
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
      allowAll(folder);
      unpack();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PostgresqlBinaries get() {
    return Once.UNPACKED;
  }

  Path folder() {
    return folder;
  }

  /**
   * Runs one of the programs to its end.
   *
   * @throws IllegalStateException with all that it said, when it fails
   */
  void run(String program, String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    try {
      // A file, not a pipe: a server that is started would hold the pipe open.
      Path output = Files.createTempFile("trainyard-" + program, ".log");
      try {
        int exit = exitCode(command, output);
        if (exit != 0) {
          throw new IllegalStateException(
              "%s: exit code %d%n%s".formatted(command, exit, Files.readString(output)));
        }
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int exitCode(List<String> command, Path output) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " does not end: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return process.exitValue();
  }

  private static List<String> prefix() throws IOException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return List.of();
    }
    Path output = Files.createTempFile("trainyard-id", ".log");
    try {
      for (List<String> way : AS_NOBODY) {
        List<String> command = new ArrayList<>(way);
        command.addAll(List.of("id", "-u"));
        try {
          if (exitCode(command, output) == 0 && !Files.readString(output).strip().equals("0")) {
            return way;
          }
        } catch (IOException e) {
          // There is no such program; the next way may do.
        }
      }
    } finally {
      Files.delete(output);
    }
    throw new IllegalStateException(
        "PostgreSQL does not run as root, and neither setpriv nor unshare gives another user");
  }

  private void unpack() throws IOException {
    String name = "/postgres-" + platform() + ".txz";
    try (InputStream packed =
            Objects.requireNonNull(
                PostgresqlBinaries.class.getResourceAsStream(name),
                "No PostgreSQL for this machine is on the class path: " + name);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(entry, tar, folder.resolve(entry.getName()));
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      allowAll(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      throw new IllegalStateException("A hard link among the binaries: " + entry.getName());
    } else {
      Files.copy(content, target);
      allowAll(target);
    }
  }

  /** Whoever PostgreSQL runs as may read and execute. */
  private static void allowAll(Path path) throws IOException {
    if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(EXECUTABLE));
    }
  }

  /** As the jars of the binaries spell it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String os = system.contains("mac") ? "darwin" : system.contains("win") ? "windows" : "linux";
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return os + (arm ? "-arm_64" : "-x86_64");
  }
}
