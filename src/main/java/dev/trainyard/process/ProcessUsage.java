package dev.trainyard.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What another process of this machine takes; empty where it has ended, or nobody says. */
public final class ProcessUsage {

  private ProcessUsage() {}

  /** Since its start, of all its threads. */
  public static Optional<Duration> cpu(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration());
  }

  /** Resident bytes, native memory included, as Linux counts them (proc(5), {@code VmRSS}). */
  public static OptionalLong memory(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | RuntimeException goneOrNotLinux) {
      return OptionalLong.empty();
    }
  }
}
