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
 * events folder, the evaluations and histograms in its sub-folder {@code eval}, so that TensorBoard
 * draws both into one plot. An attempt that goes on from a checkpoint says so, and TensorBoard
 * takes back what earlier ones wrote after it.
 */
public final class TrainingSummaries implements Consumer<TrainerEvent>, Pictures, Closeable {

  private final int attempt;
  private final EventFile training;
  private final EventFile evaluation;
  private long evaluated = -1;

  /** Begins new event files, beside those of earlier attempts. */
  public TrainingSummaries(TrainingPlan plan, Clock clock) throws IOException {
    this.attempt = plan.attempt();
    this.training = new EventFile(plan.events(), plan.attempt(), clock);
    this.evaluation = new EventFile(plan.events().resolve("eval"), plan.attempt(), clock);
  }

  @Override
  public void accept(TrainerEvent event) {
    try {
      if (event instanceof TrainerEvent.Started started) {
        restart(started.step());
      } else if (event instanceof TrainerEvent.Progress progress) {
        training.write(
            progress.step(),
            Map.of(
                "loss", progress.loss(),
                "accuracy", progress.accuracy(),
                "learning_rate", progress.learningRate(),
                "images_per_second", progress.examplesPerSecond()));
      } else if (event instanceof TrainerEvent.Evaluation done) {
        evaluated(done);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What was evaluated at the step of a checkpoint is evaluated again by whoever goes on from it.
   */
  private void restart(long step) throws IOException {
    if (attempt > 1) {
      training.restart(step + 1);
      evaluation.restart(step);
      evaluated = step - 1;
    }
  }

  /** The best weights are evaluated once more at the end; that would draw the curve backwards. */
  private void evaluated(TrainerEvent.Evaluation done) throws IOException {
    if (done.step() > evaluated) {
      evaluated = done.step();
      evaluation.write(done.step(), done.metrics());
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
  public void images(long step, Summary summary) {
    try {
      training.write(step, summary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void weights(long step, Summary summary) {
    try {
      if (step == evaluated) { // else it is once more
        evaluation.write(step, summary);
      }
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
