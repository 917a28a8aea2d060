package dev.trainyard.trainer.input.record;

import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import java.nio.charset.StandardCharsets;

/**
 * A record that cannot be used.
 *
 * @param shard the file's name
 * @param offset in bytes, of the record's frame
 * @param filename of the image, or empty when the record does not tell
 */
record BadRecord(String shard, long offset, String filename, String reason) {

  static BadRecord of(String shard, long offset, byte[] record, String reason) {
    return new BadRecord(shard, offset, filename(record), reason);
  }

  /** Shard, offset, file name and reason, without a full stop. */
  String description() {
    String image = filename.isEmpty() ? "" : " (" + filename + ")";
    return "%s: record at byte %d%s cannot be used: %s".formatted(shard, offset, image, reason);
  }

  private static String filename(byte[] record) {
    try {
      Feature name = Example.parse(record).features().get("image/filename");
      return name instanceof Feature.Bytes bytes && !bytes.values().isEmpty()
          ? new String(bytes.values().get(0), StandardCharsets.UTF_8)
          : "";
    } catch (CorruptRecordException e) {
      return "";
    }
  }
}
