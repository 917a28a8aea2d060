package dev.trainyard.trainer.input.record;

import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the record that a pipeline failed on. TensorFlow's own message does not say in which file
 * it was reading, so this goes through the shards again, one record after the other, with the same
 * operations.
 */
public final class BadRecordFinder {

  private final TrainingPlan.Data data;

  public BadRecordFinder(TrainingPlan.Data data) {
    this.data = data;
  }

  /**
   * What in the data explains {@code failure}.
   *
   * @return empty when every record can be read, so that the failure must have another reason
   */
  public Optional<BadRecordException> find(RuntimeException failure) {
    try (RecordTest test = new RecordTest(data.labels().size())) {
      return Stream.concat(data.trainShards().stream(), data.validationShards().stream())
          .flatMap(shard -> problem(new ShardScan(shard, test)).stream())
          .map(problem -> new BadRecordException(problem, failure))
          .findFirst();
    }
  }

  private static Optional<String> problem(ShardScan scan) {
    try {
      return scan.run(() -> true).bad().stream()
          .map(
              bad ->
                  bad.description()
                      + ". Take the image out and convert the dataset again, or have bad records"
                      + " left out: input.maxBadRecords.")
          .findFirst();
    } catch (IOException e) {
      return Optional.of(unreadable(scan.shard(), e));
    }
  }

  static String unreadable(Path shard, IOException problem) {
    return shard + " cannot be read: " + problem + ". Convert the dataset again.";
  }
}
