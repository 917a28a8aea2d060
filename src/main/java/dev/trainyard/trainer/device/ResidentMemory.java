package dev.trainyard.trainer.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory that this process takes, native memory included; empty where Linux does not say. */
public final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Bytes now. */
  public static OptionalLong now() {
    return read("VmRSS:");
  }

  /** The most that it ever was. */
  public static OptionalLong peak() {
    return read("VmHWM:");
  }

  private static OptionalLong read(String line) {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(it -> it.startsWith(line))
          .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | RuntimeException notLinux) {
      return OptionalLong.empty();
    }
  }
}
