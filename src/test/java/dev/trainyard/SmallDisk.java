package dev.trainyard;

import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real file system of a few megabytes that a test can fill: a tmpfs in the mount namespace of a
 * process of its own, so that nothing is left of it when the test dies. Services are started in
 * that namespace; the test itself looks in from outside. Needs Linux, and root or user namespaces;
 * the continuous build has them.
 */
public final class SmallDisk implements AutoCloseable {

  private static final int BLOCK = 4096;

  private final Process holder;
  private final List<String> options;
  private final Path mountPoint;
  private final Path root;

  private SmallDisk(Process holder, List<String> options, Path mountPoint) {
    this.holder = holder;
    this.options = options;
    this.mountPoint = mountPoint;
    this.root = Path.of("/proc/" + holder.pid() + "/root" + mountPoint);
  }

  public static SmallDisk ofMegabytes(int size) {
    try {
      Path mountPoint = Files.createTempDirectory("trainyard-disk").toRealPath();
      for (List<String> how : List.of(List.of("--mount"), List.of("--mount", "--user"))) {
        Process holder = hold(how, mountPoint, size);
        BufferedReader words = holder.inputReader();
        if ("mounted".equals(words.readLine())) {
          return new SmallDisk(holder, how, mountPoint);
        }
        holder.destroyForcibly();
      }
      Files.delete(mountPoint);
    } catch (IOException e) {
      return missing(e.toString());
    }
    return missing("neither root nor a user namespace may mount");
  }

  private static Process hold(List<String> how, Path mountPoint, int size) throws IOException {
    List<String> command = new ArrayList<>(List.of("unshare"));
    command.addAll(how);
    if (how.contains("--user")) {
      command.add("--map-root-user");
    }
    command.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o size=%dm trainyard %s && echo mounted && exec cat"
                .formatted(size, mountPoint)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static SmallDisk missing(String why) {
    if ("true".equals(System.getenv("CI"))) {
      fail("No file system of a few megabytes: " + why);
    }
    Assumptions.abort("No file system of a few megabytes: " + why);
    throw new AssertionError("not reached");
  }

  /** What starts a command that sees this disk at {@link #mountPoint()}. */
  public List<String> inside() {
    List<String> command = new ArrayList<>(List.of("nsenter", "--target=" + holder.pid()));
    command.addAll(options);
    if (options.contains("--user")) {
      command.add("--preserve-credentials");
    }
    String here = Path.of("").toAbsolutePath().toString();
    command.addAll(List.of("sh", "-c", "cd \"$0\" && exec \"$@\"", here));
    return command;
  }

  public Path mountPoint() {
    return mountPoint;
  }

  /** The same for this process, with a path that must not be resolved. */
  public Path root() {
    return root;
  }

  public long free() {
    return root.toFile().getUsableSpace();
  }

  /** Takes all room but so many bytes. */
  public void fillTo(long bytes) {
    try (OutputStream out =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] block = new byte[BLOCK];
      while (free() > bytes) {
        out.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Gives the room back. */
  public void empty() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return root.resolve("filler");
  }

  @Override
  public void close() throws IOException {
    holder.destroyForcibly();
    try {
      holder.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.delete(mountPoint);
  }
}
