package dev.trainyard.trainer.input.record;

import dev.trainyard.tfrecord.TfRecordSalvage;
import dev.trainyard.tfrecord.TfRecordSalvage.Frame;
import dev.trainyard.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Goes through a shard record by record, whatever its state. */
record ShardScan(Path shard, RecordTest test) {

  /**
   * @param good how many records can be used
   * @param bad those that cannot, in order
   */
  record Findings(long good, List<BadRecord> bad) {}

  /**
   * @param enough asked after each bad record: whether to look no further
   */
  Findings run(BooleanSupplier enough) throws IOException {
    long good = 0;
    List<BadRecord> bad = new ArrayList<>();
    try (TfRecordSalvage records = new TfRecordSalvage(shard)) {
      for (Frame frame = records.next(); frame != null; frame = records.next()) {
        Optional<String> problem = problem(frame);
        if (problem.isEmpty()) {
          good++;
          continue;
        }
        bad.add(BadRecord.of(shard.toString(), frame.offset(), frame.bytes(), problem.get()));
        if (enough.getAsBoolean()) {
          break;
        }
      }
    }
    return new Findings(good, bad);
  }

  private Optional<String> problem(Frame frame) {
    String damage = frame.damage();
    return damage != null ? Optional.of(damage) : test.problem(frame.bytes());
  }

  /** Writes the shard to {@code target} without the bad records. */
  static void copyWithout(List<BadRecord> bad, Path shard, Path target) throws IOException {
    Set<Long> left =
        bad.stream().map(BadRecord::offset).collect(Collectors.toCollection(HashSet::new));
    try (TfRecordSalvage records = new TfRecordSalvage(shard);
        TfRecordWriter writer = new TfRecordWriter(target)) {
      for (Frame frame = records.next(); frame != null; frame = records.next()) {
        if (!left.contains(frame.offset())) {
          writer.write(frame.bytes());
        }
      }
    }
  }
}
