package dev.trainyard.trainer.loop;

import dev.trainyard.spec.EvaluationBatches;
import dev.trainyard.spec.Precision;
import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.CheckpointWriter;
import dev.trainyard.trainer.checkpoint.Checkpoints;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.device.FreeMemory;
import dev.trainyard.trainer.device.ResidentMemory;
import dev.trainyard.trainer.export.ModelExporter;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.PreflightEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.TensorFlow;

/**
 * A job's first steps, and then a bit of everything else that it will do, each measured: batches of
 * an evaluation, a checkpoint, the export.
 */
public final class Tryout {

  /** After the first; more while they are short, for their median is what counts. */
  private static final int FEWEST_STEPS = 3;

  private static final int MOST_STEPS = 50;
  private static final long ENOUGH = TimeUnit.MILLISECONDS.toNanos(1500);
  private static final int EVALUATED_BATCHES = 3;

  private final TrainingPlan plan;
  private final Accelerator accelerator;
  private final Consumer<PreflightEvent> events;
  private final long available =
      FreeMemory.bytes() + ResidentMemory.now().orElse(Runtime.getRuntime().totalMemory());
  private int step;

  private Tryout(TrainingPlan plan, Accelerator accelerator, Consumer<PreflightEvent> events) {
    this.plan = plan;
    this.accelerator = accelerator;
    this.events = events;
  }

  /**
   * @param plan its folders are this object's to write to
   * @param events is told of each figure as soon as it is known
   * @throws NotEnoughMemoryException before the first step, when it would not fit
   */
  public static void run(TrainingPlan plan, Consumer<PreflightEvent> events) throws IOException {
    PlanCheck.check(plan);
    Accelerator accelerator =
        Accelerator.of(plan.spec().accelerator(), plan.spec().training().precision());
    new Tryout(plan, accelerator, events).run();
  }

  private void run() throws IOException {
    Checkpoint checkpoint;
    float[] expected;
    try (TrainingInput input = TrainingInput.open(plan);
        TrainingSession session = new TrainingSession(plan, input, accelerator)) {
      MemoryNeed need = session.memory();
      List<String> warnings = new ArrayList<>(input.warnings());
      events.accept(
          new PreflightEvent.Built(
              accelerator.description(),
              TensorFlow.version(),
              session.parameters(),
              need.bytes(),
              available,
              need.largestBatch(available),
              warnings));
      session.checkMemory(FreeMemory.bytes());
      session.initialize();
      steps(session, need);
      if (session.validationExamples() > 0) {
        evaluate(session);
      }
      checkpoint = save(session);
      expected = session.firstProbabilities();
      if (accelerator.precision() != Precision.FLOAT32) {
        expected = inFloat32(input, checkpoint);
      }
    }
    long begin = System.nanoTime();
    new ModelExporter(plan).export(checkpoint, expected);
    events.accept(
        new PreflightEvent.Exported(
            size(plan.export()), seconds(begin), orNull(ResidentMemory.peak())));
  }

  private void steps(TrainingSession session, MemoryNeed need) {
    OptionalLong before = ResidentMemory.now();
    session.startTraining(0);
    step(session);
    double start = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
    List<Double> times = new ArrayList<>();
    long begin = System.nanoTime();
    while (times.size() < FEWEST_STEPS
        || times.size() < MOST_STEPS && System.nanoTime() - begin < ENOUGH) {
      long stepBegin = System.nanoTime();
      step(session);
      times.add(seconds(stepBegin));
    }
    // Of the later half: the first ones find batches that were made ready while step 1 took so
    // long.
    double median =
        times.stream()
            .skip(times.size() / 2)
            .sorted()
            .skip(times.size() / 4)
            .findFirst()
            .orElse(0.0);
    OptionalLong peak = ResidentMemory.peak();
    int largest =
        before.isPresent() && peak.isPresent()
            ? need.largestBatch(available, before.getAsLong(), peak.getAsLong())
            : need.largestBatch(available);
    events.accept(new PreflightEvent.Stepped(start, times.size(), median, orNull(peak), largest));
  }

  private void step(TrainingSession session) {
    BatchScore score = session.steps(1);
    step++;
    if (!Double.isFinite(score.lossSum())) {
      throw new NonFiniteLossException(step, step, "the loss is " + score.lossSum());
    }
  }

  private void evaluate(TrainingSession session) {
    List<Long> marks = new ArrayList<>();
    session.evaluate(
        () -> {
          marks.add(System.nanoTime());
          return marks.size() > EVALUATED_BATCHES;
        });
    EvaluationBatches cut = EvaluationBatches.of(plan.spec(), session.validationExamples());
    long evaluated = session.validationExamples() - cut.leftOut();
    long batches = (evaluated + cut.size() - 1) / cut.size();
    int last = (int) Math.min(marks.size() - 1, batches); // not the search for one more
    int first = last > 1 ? 1 : 0; // the first batch waits for the pipeline
    double each = (marks.get(last) - marks.get(first)) / 1e9 / (last - first);
    events.accept(new PreflightEvent.Evaluated(each, batches));
  }

  private Checkpoint save(TrainingSession session) throws IOException {
    long begin = System.nanoTime();
    try (CheckpointWriter.Values values = session.freeze(step)) {
      Checkpoint written =
          new Checkpoints(plan.checkpoints(), plan.attempt())
              .write(step, Duration.ZERO, values::save);
      events.accept(new PreflightEvent.Saved(written.bytes(), seconds(begin)));
      return written;
    }
  }

  private float[] inFloat32(TrainingInput input, Checkpoint checkpoint) {
    try (TrainingSession exact = new TrainingSession(plan, input, accelerator.inFloat32())) {
      exact.restore(checkpoint.prefix());
      return exact.firstProbabilities();
    }
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static @Nullable Long orNull(OptionalLong bytes) {
    return bytes.isPresent() ? bytes.getAsLong() : null;
  }

  private static long size(Path folder) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
