package dev.trainyard.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How many processes the kernel has killed because memory ran out, of the machine or of a
 * container: {@code oom_kill} of Linux's {@code /proc/vmstat}. A killed process cannot tell it
 * itself, and the signal is that of any other kill.
 */
final class MemoryKills {

  private static final Path VMSTAT = Path.of("/proc/vmstat");
  private static final String COUNTER = "oom_kill ";

  private MemoryKills() {}

  /** Since the machine started; always 0 where the kernel does not count them. */
  static long count() {
    return count(VMSTAT);
  }

  static long count(Path vmstat) {
    try (Stream<String> lines = Files.lines(vmstat)) {
      return lines
          .filter(line -> line.startsWith(COUNTER))
          .mapToLong(line -> Long.parseLong(line.substring(COUNTER.length()).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException | RuntimeException notLinux) {
      return 0;
    }
  }
}
