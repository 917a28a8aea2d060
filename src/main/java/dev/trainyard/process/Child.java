package dev.trainyard.process;

import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process that is to be started, once. It works in a folder of its own, which goes with it,
 * gives way to others when it is told to, and leaves no image of its memory when it crashes.
 */
public final class Child {

  private static final Logger LOG = LoggerFactory.getLogger(Child.class);

  private static final Path SHELL = Path.of("/bin/sh");

  /**
   * Becomes the program in its arguments from the second on: the process stays the same. When
   * memory runs out, the kernel is to end it and not the service (proc(5), {@code oom_score_adj}).
   */
  private static final String LIMITED =
      """
      ulimit -c 0
      [ "$1" = 0 ] || ulimit -d "$1"
      shift
      { echo 500 >/proc/self/oom_score_adj; } 2>/dev/null
      command -v nice >/dev/null && exec nice -n "$0" "$@"
      exec "$@"
      """;

  private final ProcessBuilder builder;
  private final @Nullable Own own;
  private final ChildJvmProperties properties;
  private int niceness;

  /** A folder that the child shall have. */
  record Own(Storage storage, Path folder) {}

  Child(ProcessBuilder builder, @Nullable Own own, ChildJvmProperties properties) {
    this.builder = builder;
    this.own = own;
    this.properties = properties;
    this.niceness = properties.niceness();
  }

  /** The program with its arguments, and where its streams lead: pipes, unless that is changed. */
  public ProcessBuilder builder() {
    return builder;
  }

  /** Leads its standard error to a file. */
  public Child logTo(Path file) {
    builder.redirectError(file.toFile());
    return this;
  }

  /** It does not give way to others: somebody waits for what it does. */
  public Child urgent() {
    niceness = 0;
    return this;
  }

  /** The caller reads and ends it. It holds none of the service's files open, but its pipes. */
  public Process start() throws IOException {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      command.addAll(List.of(SHELL.toString(), "-c", LIMITED, Integer.toString(niceness)));
      command.add(Long.toString(properties.memory().toKilobytes()));
    }
    command.addAll(properties.launcher());
    command.addAll(builder.command());
    builder.command(command);
    if (own == null) {
      return builder.start();
    }
    Files.createDirectories(own.folder());
    try {
      Process process = builder.directory(own.folder().toFile()).start();
      process.onExit().thenRun(() -> delete(own));
      return process;
    } catch (IOException e) {
      delete(own);
      throw e;
    }
  }

  private static void delete(Own own) {
    try {
      own.storage().deleteTree(own.folder());
    } catch (IOException e) {
      LOG.debug("{} stays until the next start: {}", own.folder(), e.toString());
    }
  }
}
