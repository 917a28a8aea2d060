package dev.trainyard.trainer.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the processor says of itself, as Linux passes it on: the flags of its first core. Other
 * systems say nothing, so that nothing is assumed of them.
 *
 * @param model for people; empty where unknown
 */
public record CpuFlags(String model, Set<String> flags) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** x86 instructions that multiply bfloat16, and the one of 64-bit ARM. */
  private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

  /** This machine's. */
  public static CpuFlags ofThisMachine() {
    try {
      return of(Files.readString(CPU_INFO));
    } catch (IOException e) {
      return new CpuFlags("", Set.of());
    }
  }

  /**
   * @param cpuInfo {@code /proc/cpuinfo}: a block of {@code key : value} lines for each core
   */
  static CpuFlags of(String cpuInfo) {
    String flags = value(cpuInfo, "flags");
    String features = flags.isEmpty() ? value(cpuInfo, "Features") : flags; // ARM's word for it
    return new CpuFlags(
        value(cpuInfo, "model name"),
        Arrays.stream(features.toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(flag -> !flag.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether bfloat16 is multiplied in hardware; without that it is slower than float32. */
  public boolean hasFastBfloat16() {
    return BFLOAT16.stream().anyMatch(flags::contains);
  }

  private static String value(String cpuInfo, String key) {
    return cpuInfo
        .lines()
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equals(key))
        .map(pair -> pair[1].strip())
        .findFirst()
        .orElse("");
  }
}
