package dev.trainyard.trainer.input;

import dev.trainyard.spec.InputSpec;
import dev.trainyard.trainer.graph.FunctionBody;
import dev.trainyard.trainer.graph.GraphFunction;
import dev.trainyard.trainer.input.image.DecodedImage;
import dev.trainyard.trainer.input.image.EncodedImage;
import dev.trainyard.trainer.input.image.ImageDecoding;
import dev.trainyard.trainer.input.image.ImageSource;
import dev.trainyard.trainer.input.image.TrainingImage;
import dev.trainyard.trainer.input.record.ParsedRecord;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

  /** For each shard that is open; the article's 8 MiB is slower, being larger than caches. */
  private static final long READ_BUFFER_BYTES = 1L << 20;

  private final Graph graph;
  private final Ops ops;
  private final TrainingPlan.Data data;
  private final InputSpec spec;
  private final @Nullable ImageCache cache;
  private final boolean deterministic;
  private final AttrValue readShard;

  /**
   * @param deterministic whether training sees its images in the same order in every run
   */
  InputFunction(
      Graph graph,
      TrainingPlan.Data data,
      InputSpec spec,
      @Nullable ImageCache cache,
      boolean deterministic) {
    this.graph = graph;
    this.ops = Ops.create(graph);
    this.data = data;
    this.spec = spec;
    this.cache = cache;
    this.deterministic = deterministic;
    this.readShard = GraphFunction.define(graph, "read_shard", InputFunction::readShard);
  }

  /**
   * Full batches of the training shards without end, shuffled.
   *
   * @param skip scalar: records to leave out at the start, because an earlier attempt has trained
   *     on them; read when the pipeline restarts. They are read, but not decoded
   */
  public Batches training(int batchSize, long seed, Operand<TInt64> skip) {
    List<Path> shards = data.trainShards();
    Dataset records =
        Dataset.of(ops, names(shards))
            .shuffle(shards.size(), seed)
            .repeat()
            .interleave(readShard, Math.min(shards.size(), MOST_SHARDS_AT_A_TIME))
            .shuffle(spec.shuffleBufferSize(), seed)
            .withIndex()
            .skip(skip);
    Dataset batches = batches("training", records, TrainingImage.of(spec, seed), batchSize, true);
    return elements("training", batches.prefetch().optimized(deterministic));
  }

  /**
   * Every validation image once, in the order of the shards, as it is; then the pipeline runs out.
   * The last batch may be smaller. Without validation shards these are the training images.
   *
   * @param fullOnly leaves out the images that do not fill the last batch, and makes shapes static
   */
  public Batches evaluation(int batchSize, boolean fullOnly) {
    ImageDecoding decoding = ImageDecoding.of(spec);
    Dataset records =
        Dataset.of(ops, names(evaluationShards(data))).interleave(readShard, 1).withIndex();
    TrainingImage image = (body, source, number) -> decoding.apply(body, source);
    Dataset batches = batches("evaluation", records, image, batchSize, fullOnly);
    // In order whatever training does: what a last batch leaves out is the same each time.
    return elements("evaluation", batches.prefetch().optimized(true));
  }

  static List<Path> evaluationShards(TrainingPlan.Data data) {
    return data.validationExamples() > 0 ? data.validationShards() : data.trainShards();
  }

  private Dataset batches(
      String name, Dataset records, TrainingImage image, int batchSize, boolean fullOnly) {
    AttrValue decode = GraphFunction.define(graph, name + "_record", decode(name, image));
    List<Class<? extends TType>> types = List.of(TFloat32.class, TInt32.class);
    List<Shape> shapes = List.of(Shape.of(spec.height(), spec.width(), 3), Shape.scalar());
    Dataset batches = records.map(decode, types, shapes).batch(batchSize, fullOnly);
    if (spec.transpose()) {
      AttrValue turn = GraphFunction.define(graph, name + "_batch", InputFunction::batchLast);
      long last = fullOnly ? batchSize : Shape.UNKNOWN_SIZE;
      Shape turned = Shape.of(spec.height(), spec.width(), 3, last);
      batches = batches.map(turn, types, List.of(turned, Shape.of(last)));
    }
    return batches;
  }

  private static Batches elements(String name, Dataset pipeline) {
    Dataset.Elements elements = pipeline.elements(name);
    return new Batches(
        elements.next().get(0).expect(TFloat32.class),
        elements.next().get(1).expect(TInt32.class),
        elements.restart());
  }

  /** A record and its number to an image and its label. */
  private Consumer<FunctionBody> decode(String pipeline, TrainingImage image) {
    return body -> {
      Ops ops = body.ops();
      Operand<TString> record = body.argument(TString.class);
      Operand<TInt64> number = body.argument(TInt64.class);
      ParsedRecord parsed = ParsedRecord.of(ops, record, data.labels().size());
      ImageSource source =
          cache == null
              ? new EncodedImage(parsed.encoded())
              : new DecodedImage(cache.pixels(ops, parsed.encoded(), number, pipeline));
      body.result(image.apply(ops, source, number));
      body.result(parsed.label());
    };
  }

  private static void batchLast(FunctionBody body) {
    Operand<TFloat32> images = body.argument(TFloat32.class);
    Operand<TInt32> labels = body.argument(TInt32.class);
    Ops ops = body.ops();
    body.result(ops.linalg.transpose(images, ops.constant(new int[] {1, 2, 3, 0})));
    body.result(ops.identity(labels));
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
