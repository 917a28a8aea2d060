package dev.trainyard.trainer.input;

import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Runs a plan's pipelines and collects what they give. */
public final class Pipelines {

  private Pipelines() {}

  /**
   * @param pixels the batch's values in order
   */
  public record Batch(FloatBuffer pixels, List<Integer> labels, List<Long> shape) {}

  /** {@code count} training batches from {@code skip} batches on. */
  public static List<Batch> training(TrainingPlan plan, long skip, int count) {
    int size = plan.spec().training().batchSize();
    return run(
        plan,
        1,
        count,
        graph ->
            input ->
                input.training(
                    size, plan.spec().training().seed(), Ops.create(graph).constant(skip * size)));
  }

  /** All evaluation batches, {@code passes} times. */
  public static List<Batch> evaluation(TrainingPlan plan, int passes) {
    return run(
        plan,
        passes,
        Integer.MAX_VALUE,
        graph -> input -> input.evaluation(plan.spec().training().batchSize(), false));
  }

  private static List<Batch> run(
      TrainingPlan plan,
      int passes,
      int count,
      Function<Graph, Function<InputFunction, Batches>> pipeline) {
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      Batches batches = pipeline.apply(graph).apply(input.in(graph));
      List<Batch> all = new ArrayList<>();
      try (Session session = new Session(graph)) {
        for (int pass = 0; pass < passes; pass++) {
          collect(session, batches, count, all);
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(Session session, Batches batches, int count, List<Batch> all) {
    session.runner().addTarget(batches.restart()).run().close();
    for (int i = 0; i < count; i++) {
      try (Result result = session.runner().fetch(batches.images()).fetch(batches.labels()).run()) {
        all.add(batch((TFloat32) result.get(0), (TInt32) result.get(1)));
      } catch (TFOutOfRangeException end) {
        return;
      }
    }
  }

  private static Batch batch(TFloat32 images, TInt32 labels) {
    FloatBuffer pixels = FloatBuffer.allocate((int) images.size());
    images.scalars().forEach(value -> pixels.put(value.getFloat()));
    List<Integer> numbers = new ArrayList<>();
    labels.scalars().forEach(label -> numbers.add(label.getInt()));
    List<Long> shape = new ArrayList<>();
    for (long side : images.shape().asArray()) {
      shape.add(side);
    }
    return new Batch(pixels.flip(), numbers, shape);
  }
}
