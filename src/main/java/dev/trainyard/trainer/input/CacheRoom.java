package dev.trainyard.trainer.input;

import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

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

  /** Bytes that may be written to the disk of {@code folder}, which exists. */
  static long freeDisk(Path folder) throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }
}
