package dev.trainyard.trainer.input;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Operands;
import org.tensorflow.op.Ops;
import org.tensorflow.op.data.BatchDataset;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.data.DatasetOptions;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * A {@code tf.data} pipeline under construction; each method gives a longer one. However many
 * threads work on it, a stage gives the same elements in the same order on every run, unless {@link
 * #optimized} allows otherwise.
 */
final class Dataset {

  /** As many threads, or as large a buffer, as tf.data takes by default. */
  private static final long AUTOTUNE = -1;

  /** Twice the threads that work on them, so that none waits for work. */
  private static final long PARALLEL_CALLS = 2L * Runtime.getRuntime().availableProcessors();

  /** One batch is handed over while the next one is made. */
  private static final long BATCHES_AHEAD = 2;

  /** TensorFlow draws a seed of its own where both seeds are 0; this one never is. */
  private static final long SECOND_SEED = 0x7ea1;

  private final Ops ops;
  private final Operand<? extends TType> stage;
  private final List<Class<? extends TType>> types;
  private final List<Shape> shapes;

  private Dataset(
      Ops ops,
      Operand<? extends TType> stage,
      List<Class<? extends TType>> types,
      List<Shape> shapes) {
    this.ops = ops;
    this.stage = stage;
    this.types = types;
    this.shapes = shapes;
  }

  /** A pipeline of scalar strings. */
  static Dataset of(Ops ops, List<String> strings) {
    List<Shape> scalar = List.of(Shape.scalar());
    Operand<TString> values = ops.array(strings.toArray(String[]::new));
    return new Dataset(
        ops, ops.data.tensorSliceDataset(List.of(values), scalar), List.of(TString.class), scalar);
  }

  /**
   * Draws each element at random from the next {@code buffer}; differently on each repetition, but
   * the same in every run.
   */
  Dataset shuffle(long buffer, long seed) {
    return same(
        ops.data.shuffleDataset(
            stage,
            ops.constant(buffer),
            ops.constant(seed),
            ops.constant(SECOND_SEED),
            ops.random
                .anonymousSeedGenerator(
                    ops.constant(seed), ops.constant(SECOND_SEED), ops.constant(true))
                .handle(),
            types,
            shapes));
  }

  /** Over and over, without end. */
  Dataset repeat() {
    return same(ops.data.repeatDataset(stage, ops.constant(-1L), types, shapes));
  }

  /** Takes one record in turn from {@code cycle} of the datasets that {@code read} makes. */
  Dataset interleave(AttrValue read, int cycle) {
    OperationBuilder builder = builder("ParallelInterleaveDatasetV4", "interleave");
    builder.addInputList(new Output<?>[0]);
    long blockLength = 1;
    for (long input : new long[] {cycle, blockLength, AUTOTUNE, AUTOTUNE, AUTOTUNE}) {
      builder.addInput(ops.constant(input).asOutput());
    }
    builder.setAttr("f", read).setAttr("deterministic", "default");
    return same(built(builder, types, shapes));
  }

  /** Gives each element its number, from 0, as one more component. */
  Dataset withIndex() {
    List<Shape> scalar = List.of(Shape.scalar());
    Operand<? extends TType> numbers =
        ops.data.rangeDataset(
            ops.constant(0L),
            ops.constant(Long.MAX_VALUE),
            ops.constant(1L),
            List.of(TInt64.class),
            scalar);
    List<Class<? extends TType>> pair = List.of(types.get(0), TInt64.class);
    List<Shape> pairShapes = List.of(shapes.get(0), Shape.scalar());
    return new Dataset(
        ops, ops.data.zipDataset(List.of(stage, numbers), pair, pairShapes), pair, pairShapes);
  }

  Dataset skip(Operand<TInt64> count) {
    return same(ops.data.skipDataset(stage, count, types, shapes));
  }

  /** Applies {@code function} to each element, many at a time. */
  Dataset map(AttrValue function, List<Class<? extends TType>> toTypes, List<Shape> toShapes) {
    OperationBuilder builder = builder("ParallelMapDatasetV2", "map");
    builder.addInputList(new Output<?>[0]).addInput(ops.constant(PARALLEL_CALLS).asOutput());
    builder.setAttr("f", function).setAttr("deterministic", "default");
    return new Dataset(ops, built(builder, toTypes, toShapes), toTypes, toShapes);
  }

  /**
   * @param fullOnly drops what does not fill the last batch, and makes the batch dimension static
   */
  Dataset batch(long size, boolean fullOnly) {
    List<Shape> batched =
        shapes.stream().map(shape -> shape.prepend(fullOnly ? size : Shape.UNKNOWN_SIZE)).toList();
    return new Dataset(
        ops,
        ops.data.batchDataset(
            stage,
            ops.constant(size),
            ops.constant(fullOnly),
            types,
            batched,
            BatchDataset.parallelCopy(true)),
        types,
        batched);
  }

  Dataset prefetch() {
    return same(ops.data.prefetchDataset(stage, ops.constant(BATCHES_AHEAD), types, shapes));
  }

  /**
   * Lets tf.data rewrite the pipeline, and gives it threads of its own. It does not tune itself:
   * the thread that does makes every second restart wait for a second.
   *
   * @param deterministic false lets stages hand on what is ready first
   */
  Dataset optimized(boolean deterministic) {
    DatasetOptions.Options.Builder options =
        DatasetOptions.Options.newBuilder().setDeterministic(deterministic);
    options.getAutotuneOptionsBuilder().setEnabled(false);
    options
        .getThreadingOptionsBuilder()
        .setPrivateThreadpoolSize(Runtime.getRuntime().availableProcessors());
    // An image is too little work to be worth dividing; many are treated at a time as it is.
    options.getThreadingOptionsBuilder().setMaxIntraOpParallelism(1);
    OperationBuilder builder = builder("OptionsDataset", "options");
    builder.setAttr("serialized_options", options.build().toByteArray());
    Dataset withOptions = same(built(builder, types, shapes));
    OperationBuilder last = withOptions.builder("FinalizeDataset", "finalize");
    last.setAttr("has_captured_ref", false);
    return same(built(last, types, shapes));
  }

  /**
   * @param name unique in the graph
   */
  Elements elements(String name) {
    Operand<? extends TType> iterator = ops.data.iterator(name, "", types, shapes);
    Op restart = ops.data.makeIterator(stage, iterator);
    List<Output<?>> next = ops.data.iteratorGetNext(iterator, types, shapes).components();
    return new Elements(next, restart);
  }

  /**
   * @param next the components of the next element; running out throws
   * @param restart starts over from the first element; run it once before anything else
   */
  record Elements(List<Output<?>> next, Op restart) {}

  private Dataset same(Operand<? extends TType> next) {
    return new Dataset(ops, next, types, shapes);
  }

  private OperationBuilder builder(String operation, String name) {
    return ops.scope().opBuilder(operation, name).addInput(stage.asOutput());
  }

  private static Operand<? extends TType> built(
      OperationBuilder builder, List<Class<? extends TType>> types, List<Shape> shapes) {
    DataType[] dataTypes = Operands.toDataTypes(types);
    return builder
        .setAttr("output_types", dataTypes)
        .setAttr("output_shapes", shapes.toArray(Shape[]::new))
        .build()
        .output(0);
  }
}
