package dev.trainyard.trainer.input;

import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.trainer.input.record.UsableData;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;

/** The image that {@link InputFunction#evaluation} begins with. */
public final class FirstImage {

  private FirstImage() {}

  /** Its encoded bytes. */
  public static byte[] of(TrainingPlan plan) throws IOException {
    for (Path shard : InputFunction.evaluationShards(UsableData.of(plan).data())) {
      try (TfRecordReader reader = new TfRecordReader(shard)) {
        byte[] record = reader.read();
        if (record != null) {
          return encoded(shard, Example.parse(record));
        }
      }
    }
    throw new CorruptRecordException("No shard holds a record. Convert the dataset again.");
  }

  private static byte[] encoded(Path shard, Example example) throws CorruptRecordException {
    if (example.features().get("image/encoded") instanceof Feature.Bytes bytes
        && bytes.values().size() == 1) {
      return bytes.values().get(0);
    }
    throw new CorruptRecordException(shard + ": the first record has no image/encoded");
  }
}
