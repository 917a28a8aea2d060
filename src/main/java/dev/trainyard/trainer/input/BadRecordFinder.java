package dev.trainyard.trainer.input;

import dev.trainyard.spec.InputSpec;
import dev.trainyard.tfrecord.CorruptRecordException;
import dev.trainyard.tfrecord.Example;
import dev.trainyard.tfrecord.Feature;
import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.tfrecord.TfRecordWriter;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Finds the record that a pipeline failed on. TensorFlow's own message does not say in which file
 * it was reading, so this goes through the shards again, one record after the other, with the same
 * operations.
 */
public final class BadRecordFinder {

  private final TrainingPlan.Data data;
  private final InputSpec spec;

  public BadRecordFinder(TrainingPlan.Data data, InputSpec spec) {
    this.data = data;
    this.spec = spec;
  }

  /**
   * What in the data explains {@code failure}.
   *
   * @return empty when every record can be read, so that the failure must have another reason
   */
  public Optional<BadRecordException> find(RuntimeException failure) {
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      Placeholder<TString> record = ops.placeholder(TString.class);
      ParsedRecord parsed = ParsedRecord.of(ops, record, data.labels().size());
      Operand<TFloat32> image =
          new ImageDecoding(spec.height(), spec.width()).apply(ops, parsed.encoded());
      try (Session session = new Session(graph)) {
        RecordTest test =
            bytes -> {
              try (TString value = TString.tensorOfBytes(NdArrays.scalarOfObject(bytes))) {
                session
                    .runner()
                    .feed(record, value)
                    .fetch(image)
                    .fetch(parsed.label())
                    .run()
                    .close();
              }
            };
        return Stream.concat(data.trainShards().stream(), data.validationShards().stream())
            .flatMap(shard -> problem(shard, test).stream())
            .map(problem -> new BadRecordException(problem, failure))
            .findFirst();
      }
    }
  }

  private static Optional<String> problem(Path shard, RecordTest test) {
    long offset = 0;
    try (TfRecordReader reader = new TfRecordReader(shard)) {
      for (byte[] bytes = reader.read(); bytes != null; bytes = reader.read()) {
        try {
          test.run(bytes);
        } catch (TensorFlowException | TFInvalidArgumentException e) {
          return Optional.of(
              "%s: record at byte %d%s cannot be used: %s. Take the image out and convert the dataset again."
                  .formatted(shard, offset, filename(bytes), firstLine(e)));
        }
        offset += bytes.length + TfRecordWriter.overhead();
      }
      return Optional.empty();
    } catch (CorruptRecordException e) {
      return Optional.of(e.getMessage() + ". The shard is damaged: convert the dataset again.");
    } catch (IOException e) {
      return Optional.of(shard + " cannot be read: " + e + ". Convert the dataset again.");
    }
  }

  private static String filename(byte[] record) {
    try {
      Feature name = Example.parse(record).features().get("image/filename");
      if (name instanceof Feature.Bytes bytes && !bytes.values().isEmpty()) {
        return " (" + new String(bytes.values().get(0), StandardCharsets.UTF_8) + ")";
      }
      return "";
    } catch (CorruptRecordException e) {
      return "";
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
  }

  @FunctionalInterface
  private interface RecordTest {
    void run(byte[] record);
  }
}
