package dev.trainyard.trainer.loop;

import dev.trainyard.benchmark.BenchmarkPlan;
import dev.trainyard.benchmark.Options;
import dev.trainyard.benchmark.Stopwatch;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.CheckpointWriter;
import dev.trainyard.trainer.checkpoint.Checkpoints;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.device.NativeMemory;
import dev.trainyard.trainer.export.ModelExporter;
import dev.trainyard.trainer.input.Batches;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * The benchmark's figures that look into the training loop: one a run, printed as one JSON line.
 * Arguments: the figure's name, then options.
 */
public final class LoopFigures {

  private final Options options;
  private final TrainingPlan plan;
  private final Accelerator accelerator;
  private final int batch;
  private final int warm;
  private final int steps;

  private LoopFigures(Options options) {
    this.options = options;
    this.plan = BenchmarkPlan.of(options, options.path("output").orElse(Path.of("benchmark")));
    this.accelerator =
        Accelerator.of(plan.spec().accelerator(), plan.spec().training().precision());
    this.batch = plan.spec().training().batchSize();
    this.warm = options.number("warm", 3);
    this.steps = options.number("steps", 20);
  }

  public static void main(String[] arguments) throws IOException {
    NativeMemory.leaveToTheSystem();
    LoopFigures figures = new LoopFigures(Options.of(arguments, 1));
    Map<String, Object> figure =
        switch (arguments[0]) {
          case "step" -> figures.step();
          case "train_pipeline" -> figures.trainPipeline();
          case "pipeline" -> figures.pipeline();
          case "evaluate" -> figures.evaluate();
          case "checkpoint" -> figures.checkpoint();
          case "export" -> figures.export();
          case "peak" -> figures.peak();
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println(SpecJson.MAPPER.writeValueAsString(figure));
  }

  /** Training steps on a batch that is in memory. */
  private Map<String, Object> step() throws IOException {
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      Batches read = input.in(graph).training(batch, 1, ops.constant(0L));
      List<Op> fill = new ArrayList<>();
      Operand<TFloat32> images = kept(graph, "images", read.images(), TFloat32.class, fill);
      Operand<TInt32> labels = kept(graph, "labels", read.labels(), TInt32.class, fill);
      Batches kept = new Batches(images, labels, read.restart());
      Placeholder<TInt64> skip = ops.placeholder(TInt64.class);
      TrainingGraph training = TrainingGraph.in(graph, plan, accelerator, skip, kept, kept);
      try (Session session = new Session(graph, accelerator.session())) {
        session.runner().addTarget(training.initializer()).run().close();
        session.runner().addTarget(read.restart()).run().close();
        session.runner().addTarget(fill.get(0)).addTarget(fill.get(1)).run().close();
        run(session, training.parts().get(0), warm);
        Stopwatch watch = new Stopwatch();
        run(session, training.parts().get(0), steps);
        return watch.rates((long) batch * steps);
      }
    }
  }

  /** A variable with what {@code value} gives when the added operation runs. */
  private static <T extends TType> Operand<T> kept(
      Graph graph, String name, Operand<T> value, Class<T> type, List<Op> fill) {
    Ops ops = Ops.create(graph);
    Shape shape = value.shape();
    Operand<?> handle = ops.varHandleOp(type, shape, VarHandleOp.sharedName(name));
    fill.add(ops.assignVariableOp(handle, value));
    return ops.ensureShape(ops.readVariableOp(handle, type), shape);
  }

  private static void run(Session session, Op target, int times) {
    for (int i = 0; i < times; i++) {
      session.runner().addTarget(target).run().close();
    }
  }

  /** Training steps with the whole pipeline. */
  private Map<String, Object> trainPipeline() throws IOException {
    try (TrainingInput input = TrainingInput.open(plan);
        TrainingSession session = new TrainingSession(plan, input, accelerator)) {
      session.initialize();
      session.startTraining(0);
      session.steps(warm);
      Stopwatch watch = new Stopwatch();
      session.steps(steps);
      return watch.rates((long) batch * steps);
    }
  }

  /** The training pipeline alone. */
  private Map<String, Object> pipeline() throws IOException {
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      Batches batches = input.in(graph).training(batch, 1, ops.constant(0L));
      Op next = ops.withControlDependencies(List.of(batches.images(), batches.labels())).noOp();
      try (Session session = new Session(graph, accelerator.session())) {
        session.runner().addTarget(batches.restart()).run().close();
        run(session, next, warm);
        Stopwatch watch = new Stopwatch();
        run(session, next, steps);
        return watch.rates((long) batch * steps);
      }
    }
  }

  /** A second evaluation of the whole validation split. */
  private Map<String, Object> evaluate() throws IOException {
    try (TrainingInput input = TrainingInput.open(plan);
        TrainingSession session = new TrainingSession(plan, input, accelerator)) {
      session.initialize();
      session.evaluate(() -> false);
      Stopwatch watch = new Stopwatch();
      session.evaluate(() -> false);
      return watch.rates(plan.data().validationExamples());
    }
  }

  /**
   * The time that training stands still for a checkpoint with the optimizer's slots; what the next
   * step takes longer for copying them, with nothing being written; and the time until the
   * checkpoint is durable, beside training.
   */
  private Map<String, Object> checkpoint() throws IOException {
    try (TrainingInput input = TrainingInput.open(plan);
        TrainingSession session = new TrainingSession(plan, input, accelerator);
        CheckpointWriter writer =
            new CheckpointWriter(
                new Checkpoints(plan.checkpoints(), 1),
                1,
                OptionalLong::empty,
                (done, took) -> {})) {
      session.initialize();
      session.startTraining(0);
      session.steps(warm);
      session.freeze(0).close();
      double[] plain = new double[steps];
      double[] copying = new double[steps];
      for (int i = 0; i < steps; i++) {
        plain[i] = seconds(() -> session.steps(1));
        try (CheckpointWriter.Values values = session.freeze(i)) {
          copying[i] = seconds(() -> session.steps(1));
        }
      }
      long step = warm + 2L * steps;
      Stopwatch watch = new Stopwatch();
      writer.begin(step, Duration.ZERO, () -> session.freeze(step));
      double standing = watch.seconds();
      while (writer.isBusy()) {
        session.steps(1);
      }
      writer.await();
      return Map.of(
          "seconds",
          standing,
          "copy_seconds",
          median(copying) - median(plain),
          "durable_seconds",
          watch.seconds());
    }
  }

  private static double seconds(Runnable work) {
    Stopwatch watch = new Stopwatch();
    work.run();
    return watch.seconds();
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** From a checkpoint to a SavedModel that was loaded back and tried. */
  private Map<String, Object> export() throws IOException {
    Checkpoint checkpoint;
    float[] expected;
    try (TrainingInput input = TrainingInput.open(plan);
        TrainingSession session = new TrainingSession(plan, input, accelerator)) {
      session.initialize();
      try (CheckpointWriter.Values values = session.freeze(0)) {
        checkpoint = new Checkpoints(plan.checkpoints(), 1).write(0, Duration.ZERO, values::save);
      }
      expected = session.firstProbabilities();
    }
    Stopwatch watch = new Stopwatch();
    new ModelExporter(plan).export(checkpoint, expected);
    return Map.of("seconds", watch.seconds());
  }

  /** What this machine multiplies float32 matrices at: the ceiling of every network. */
  private Map<String, Object> peak() {
    long side = 2048;
    try (Graph graph = new Graph()) {
      Ops ops = Ops.create(graph);
      List<Op> fill = new ArrayList<>();
      Operand<TFloat32> random =
          ops.random.statelessRandomUniform(
              ops.constant(new long[] {side, side}), ops.constant(new long[] {1, 2}));
      Operand<TFloat32> matrix = kept(graph, "matrix", random, TFloat32.class, fill);
      Operand<TFloat32> product = ops.linalg.matMul(matrix, matrix);
      // Fetching a number of it: TensorFlow leaves out what nobody wants.
      Op corner = ops.slice(product, ops.constant(new int[2]), ops.constant(new int[] {1, 1}));
      try (Session session = new Session(graph)) {
        run(session, fill.get(0), 1);
        run(session, corner, warm);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < steps; i++) {
          Stopwatch watch = new Stopwatch();
          run(session, corner, 1);
          best = Math.min(best, watch.seconds());
        }
        return Map.of("gflop_per_second", 2e-9 * side * side * side / best);
      }
    }
  }
}
