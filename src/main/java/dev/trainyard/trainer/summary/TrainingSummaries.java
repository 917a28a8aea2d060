package dev.trainyard.trainer.summary;

import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;

/**
 * Writes what a trainer reports for TensorBoard: the training series and pictures in the plan's
 * events folder, the evaluations in its sub-folder {@code eval}, so that TensorBoard draws both
 * into one plot.
 */
public final class TrainingSummaries implements Consumer<TrainerEvent>, Pictures, Closeable {

  private final EventFile training;
  private final EventFile evaluation;

  /** Begins new event files, beside those of earlier attempts. */
  public TrainingSummaries(TrainingPlan plan, Clock clock) throws IOException {
    this.training = new EventFile(plan.events(), plan.attempt(), clock);
    this.evaluation = new EventFile(plan.events().resolve("eval"), plan.attempt(), clock);
  }

  @Override
  public void accept(TrainerEvent event) {
    try {
      if (event instanceof TrainerEvent.Progress progress) {
        training.write(
            progress.step(),
            Map.of(
                "loss", progress.loss(),
                "accuracy", progress.accuracy(),
                "learning_rate", progress.learningRate(),
                "images_per_second", progress.examplesPerSecond()));
      } else if (event instanceof TrainerEvent.Evaluation done) {
        evaluation.write(done.step(), done.metrics());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void graph(GraphDef graph) {
    try {
      training.write(GraphOutline.of(graph));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void add(long step, Summary summary) {
    try {
      training.write(step, summary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    try (training) {
      evaluation.close();
    }
  }
}
