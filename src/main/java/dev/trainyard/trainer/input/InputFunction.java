package dev.trainyard.trainer.input;

import dev.trainyard.spec.InputSpec;
import dev.trainyard.trainer.graph.FunctionBody;
import dev.trainyard.trainer.graph.GraphFunction;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/** The pipelines that feed one graph from a dataset's shards. */
public final class InputFunction {

  /** Shards that training reads at a time, as many as there are below that. */
  private static final int MOST_SHARDS_AT_A_TIME = 64;

  private static final long READ_BUFFER_BYTES = 8L << 20;

  private final Graph graph;
  private final Ops ops;
  private final TrainingPlan.Data data;
  private final InputSpec spec;
  private final AttrValue readShard;

  public InputFunction(Graph graph, TrainingPlan.Data data, InputSpec spec) {
    this.graph = graph;
    this.ops = Ops.create(graph);
    this.data = data;
    this.spec = spec;
    this.readShard = GraphFunction.define(graph, "read_shard", InputFunction::readShard);
  }

  /**
   * Full batches of the training shards without end, shuffled.
   *
   * @param skip scalar: records to leave out at the start, because an earlier attempt has trained
   *     on them; read when the pipeline restarts
   */
  public Batches training(int batchSize, long seed, Operand<TInt64> skip) {
    List<Path> shards = data.trainShards();
    ImageDecoding decoding = new ImageDecoding(spec.height(), spec.width());
    Augmentation augmentation = new Augmentation(spec.height(), spec.width(), seed);
    Consumer<FunctionBody> decode =
        body -> {
          Operand<TString> record = body.argument(TString.class);
          Operand<TInt64> index = body.argument(TInt64.class);
          ParsedRecord parsed = ParsedRecord.of(body.ops(), record, data.labels().size());
          body.result(
              spec.augmentation() == InputSpec.Augmentation.ARTICLE
                  ? augmentation.apply(body.ops(), parsed.encoded(), index)
                  : decoding.apply(body.ops(), parsed.encoded()));
          body.result(parsed.label());
        };
    Dataset records =
        Dataset.of(ops, names(shards))
            .shuffle(shards.size(), seed)
            .repeat()
            .interleave(readShard, Math.min(shards.size(), MOST_SHARDS_AT_A_TIME))
            .shuffle(spec.shuffleBufferSize(), seed)
            .withIndex()
            .skip(skip);
    return batches("training", records, decode, batchSize, true);
  }

  /**
   * Every validation image once, in the order of the shards, as it is; then the pipeline runs out.
   * The last batch may be smaller. Without validation shards these are the training images.
   */
  public Batches evaluation(int batchSize) {
    ImageDecoding decoding = new ImageDecoding(spec.height(), spec.width());
    Consumer<FunctionBody> decode =
        body -> {
          Operand<TString> record = body.argument(TString.class);
          ParsedRecord parsed = ParsedRecord.of(body.ops(), record, data.labels().size());
          body.result(decoding.apply(body.ops(), parsed.encoded()));
          body.result(parsed.label());
        };
    Dataset records = Dataset.of(ops, names(evaluationShards(data))).interleave(readShard, 1);
    return batches("evaluation", records, decode, batchSize, false);
  }

  static List<Path> evaluationShards(TrainingPlan.Data data) {
    return data.validationExamples() > 0 ? data.validationShards() : data.trainShards();
  }

  private Batches batches(
      String name,
      Dataset records,
      Consumer<FunctionBody> decode,
      int batchSize,
      boolean fullOnly) {
    AttrValue function = GraphFunction.define(graph, name + "_record", decode);
    List<Class<? extends TType>> types = List.of(TFloat32.class, TInt32.class);
    List<Shape> shapes = List.of(Shape.of(spec.height(), spec.width(), 3), Shape.scalar());
    Dataset.Elements elements =
        records
            .map(function, types, shapes)
            .batch(batchSize, fullOnly)
            .prefetch()
            .tuned()
            .elements(name);
    return new Batches(
        elements.next().get(0).expect(TFloat32.class),
        elements.next().get(1).expect(TInt32.class),
        elements.restart());
  }

  /** A shard's path to a dataset of its records. */
  private static void readShard(FunctionBody body) {
    Operand<TString> path = body.argument(TString.class);
    Ops ops = body.ops();
    // The first TFRecordDataset operation; the second also wants to know where to start.
    Operand<? extends TType> records =
        ops.scope()
            .opBuilder("TFRecordDataset", "records")
            .addInput(path.asOutput())
            .addInput(ops.constant("").asOutput())
            .addInput(ops.constant(READ_BUFFER_BYTES).asOutput())
            .build()
            .output(0);
    body.result(records);
  }

  private static List<String> names(List<Path> shards) {
    return shards.stream().map(Path::toString).toList();
  }
}
