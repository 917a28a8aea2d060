package dev.trainyard.trainer.input;

import com.sun.management.OperatingSystemMXBean;
import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.tfrecord.TfRecordReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Whether decoded images fit into what is free. */
final class CacheRoom {

  /** Records whose sizes are looked at, spread over the first records of all shards. */
  private static final int SAMPLE = 2048;

  private static final int CHANNELS = 3;

  /** Of a table's entry and a serialized tensor, beside the pixels. */
  private static final int OVERHEAD = 256;

  private CacheRoom() {}

  /**
   * Estimates from {@code image/height} and {@code image/width} of a sample.
   *
   * @return bytes; empty when a record does not tell its image's size
   */
  static OptionalLong needed(List<Path> shards, long examples) throws IOException {
    int each = Math.max(1, SAMPLE / Math.max(1, shards.size()));
    long sum = 0;
    long count = 0;
    for (Path shard : shards) {
      try (TfRecordReader reader = new TfRecordReader(shard)) {
        int left = each;
        for (byte[] record = reader.read(); record != null && left > 0; left--) {
          long pixels = side(record, "image/height") * side(record, "image/width");
          if (pixels <= 0) {
            return OptionalLong.empty();
          }
          sum += pixels * CHANNELS + OVERHEAD;
          count++;
          record = reader.read();
        }
      } catch (CorruptRecordException e) {
        // whoever trains on it reports it
      }
    }
    return OptionalLong.of(count == 0 ? 0 : Math.round((double) sum / count * examples));
  }

  private static long side(byte[] record, String key) throws CorruptRecordException {
    return Example.parse(record).features().get(key) instanceof Feature.Int64s side
            && side.values().size() == 1
        ? side.values().get(0)
        : 0;
  }

  /** Bytes of memory that this process could still take. */
  static long freeMemory() {
    return LongStream.of(
            memoryAvailable(),
            group("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
            group(
                "/sys/fs/cgroup/memory/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/memory.usage_in_bytes"))
        .min()
        .orElseThrow();
  }

  /** Bytes that may be written to the disk of {@code folder}, which exists. */
  static long freeDisk(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
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
