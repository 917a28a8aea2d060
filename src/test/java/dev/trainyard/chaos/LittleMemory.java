package dev.trainyard.chaos;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A control group of Linux, as containers are made of, with so little memory that the kernel kills
 * what is put into it. Needs root, or {@code sudo} that asks for no password; the continuous build
 * has one of them.
 */
final class LittleMemory implements AutoCloseable {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup");

  private final Path group;

  private LittleMemory(Path group) {
    this.group = group;
  }

  static LittleMemory ofMegabytes(int size) {
    boolean unified = Files.exists(GROUPS.resolve("cgroup.controllers"));
    Path parent = unified ? GROUPS : GROUPS.resolve("memory");
    Path group = parent.resolve("trainyard-test-" + ProcessHandle.current().pid());
    String made =
        unified
            ? "echo +memory > %1$s/cgroup.subtree_control && mkdir %2$s && echo %3$dM > %2$s/memory.max"
            : "mkdir %2$s && echo %3$dM > %2$s/memory.limit_in_bytes";
    String problem = asRoot(made.formatted(parent, group, size));
    if (!problem.isEmpty()) {
      if ("true".equals(System.getenv("CI"))) {
        fail("No control group with little memory: " + problem);
      }
      Assumptions.abort("No control group with little memory: " + problem);
    }
    return new LittleMemory(group);
  }

  /** From now on they get no more than the group has. */
  void confine(List<ProcessHandle> processes) {
    for (ProcessHandle process : processes) {
      asRoot("echo %d > %s/cgroup.procs".formatted(process.pid(), group)); // it may have ended
    }
  }

  @Override
  public void close() {
    asRoot("for i in 1 2 3 4 5 6 7 8 9 10; do rmdir %s && break; sleep 0.5; done".formatted(group));
  }

  /** What went wrong; empty when nothing did. */
  private static String asRoot(String script) {
    try {
      boolean root = Files.isWritable(Path.of("/proc/1/oom_score_adj"));
      List<String> command =
          Stream.concat(root ? Stream.of() : Stream.of("sudo", "-n"), Stream.of("sh", "-c", script))
              .toList();
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        return "it takes too long: " + script;
      }
      return process.exitValue() == 0 ? "" : "exit code " + process.exitValue() + " " + said;
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
