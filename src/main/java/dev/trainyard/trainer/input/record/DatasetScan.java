package dev.trainyard.trainer.input.record;

import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Tests every record of a dataset, several shards at a time. */
record DatasetScan(TrainingPlan.Data data, int tolerated) {

  /**
   * What is in each shard, train shards first.
   *
   * @throws BadRecordException when more than {@code tolerated} records are bad
   */
  List<ShardScan.Findings> run() {
    AtomicInteger bad = new AtomicInteger();
    try (RecordTest test = new RecordTest(data.labels().size())) {
      List<ShardScan.Findings> findings =
          UsableData.shards(data).parallelStream()
              .map(shard -> scan(new ShardScan(shard, test), bad))
              .toList();
      refuseTooMany(findings);
      return findings;
    }
  }

  private ShardScan.Findings scan(ShardScan scan, AtomicInteger bad) {
    try {
      return bad.get() > tolerated
          ? new ShardScan.Findings(0, List.of())
          : scan.run(() -> bad.incrementAndGet() > tolerated);
    } catch (IOException e) {
      throw new BadRecordException(BadRecordFinder.unreadable(scan.shard(), e), e);
    }
  }

  private void refuseTooMany(List<ShardScan.Findings> findings) {
    List<BadRecord> bad = findings.stream().flatMap(shard -> shard.bad().stream()).toList();
    if (bad.size() > tolerated) {
      throw new BadRecordException(
          bad.get(0).description()
              + ". It is one of more than the %d bad records that input.maxBadRecords allows."
                  .formatted(tolerated)
              + " Convert the dataset again, or allow more.");
    }
  }
}
