package dev.trainyard.trainer.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the processor has instructions for, by the names that Linux gives them in {@code
 * /proc/cpuinfo}: {@code flags} on x86, {@code Features} on ARM. Unknown on other systems.
 */
record CpuFeatures(Set<String> flags) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  static CpuFeatures ofThisMachine() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return of(lines);
    } catch (IOException e) {
      return new CpuFeatures(Set.of());
    }
  }

  /** Reads the first processor's. */
  static CpuFeatures of(Stream<String> cpuInfo) {
    return new CpuFeatures(
        cpuInfo
            .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
            .findFirst()
            .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
            .map(names -> Arrays.stream(names).collect(Collectors.toUnmodifiableSet()))
            .orElse(Set.of()));
  }

  /** What the processor calls itself; where it says nothing, its architecture. */
  static String modelOfThisMachine() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return model(lines);
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  static String model(Stream<String> cpuInfo) {
    return cpuInfo
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse(System.getProperty("os.arch"));
  }

  /** Whether it multiplies bfloat16 matrices by itself; without, oneDNN converts back and forth. */
  boolean fastBfloat16() {
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16") || flags.contains("bf16");
  }
}
