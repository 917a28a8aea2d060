package dev.trainyard.trainer.device;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What is left of the machine's memory, or of the container's. */
public final class FreeMemory {

  private FreeMemory() {}

  /** Bytes of memory that this process could still take. */
  public static long bytes() {
    return LongStream.of(
            memoryAvailable(),
            group("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
            group(
                "/sys/fs/cgroup/memory/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/memory.usage_in_bytes"))
        .min()
        .orElseThrow();
  }

  private static long memoryAvailable() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException | RuntimeException notLinux) {
      return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize();
    }
  }

  private static long group(String limit, String usage) {
    try {
      return Math.max(0, number(limit) - number(usage));
    } catch (IOException | NumberFormatException noLimit) {
      return Long.MAX_VALUE;
    }
  }

  private static long number(String file) throws IOException {
    return Long.parseLong(Files.readString(Path.of(file)).strip());
  }
}
