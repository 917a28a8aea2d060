package dev.trainyard.trainer.loop;

import dev.trainyard.trainer.checkpoint.CheckpointWriter;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.device.FreeMemory;
import dev.trainyard.trainer.evaluation.Scoring;
import dev.trainyard.trainer.graph.Saver;
import dev.trainyard.trainer.graph.Transfer;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.summary.Pictures;
import dev.trainyard.trainer.summary.SummaryOutputs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A training graph with its variables' values. Owns the native memory of both until closed. */
final class TrainingSession implements AutoCloseable {

  private final TrainingPlan plan;
  private final TrainingInput input;
  private final Graph graph = new Graph();
  private final TrainingGraph training;
  private final Session session;
  private double learningRate;
  private @Nullable Pictures watching;

  /** Builds the graph; variables have no values yet. */
  TrainingSession(TrainingPlan plan, TrainingInput input, Accelerator accelerator) {
    this.plan = plan;
    this.input = input;
    try {
      this.training = TrainingGraph.in(graph, plan, input, accelerator);
      this.session = new Session(graph, accelerator.session());
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  MemoryNeed memory() {
    return training.memory();
  }

  /**
   * @param free bytes that this process could take
   * @throws NotEnoughMemoryException when a step needs more
   */
  void checkMemory(long free) {
    training.memory().check(free);
  }

  long parameters() {
    return training.variables().parameters();
  }

  /** How many images an evaluation sees. */
  long validationExamples() {
    return input.data().validationExamples();
  }

  void initialize() {
    session.runner().addTarget(training.initializer()).run().close();
  }

  /**
   * @param prefix of a checkpoint
   */
  void restore(Path prefix) {
    session.runner().addTarget(training.transients()).run().close();
    Saver.restore(session, prefix);
  }

  /**
   * Gives the network's variables the values that another checkpoint has for them.
   *
   * @param prefix of the checkpoint
   */
  Transfer transfer(Path prefix) {
    return Transfer.from(prefix, graph, session, training.variables());
  }

  /** Has the next training step go on with the batch that follows {@code step} batches. */
  void startTraining(long step) {
    try (TInt64 skip = TInt64.scalarOf(step * plan.spec().training().batchSize())) {
      session
          .runner()
          .feed(training.skip(), skip)
          .addTarget(training.training().restart())
          .run()
          .close();
    }
  }

  /** Makes {@code count} training steps; the score is that of the weights before each of them. */
  BatchScore steps(int count) {
    return diagnosed(
        () -> {
          for (int i = 0; i < count; i++) {
            for (Op part : training.parts()) {
              run(part);
            }
          }
          StepScore.Look look = training.score().take(session);
          learningRate = look.learningRate();
          return look.score();
        });
  }

  /** The learning rate of the newest step; 0 before the first. */
  double learningRate() {
    return learningRate;
  }

  /**
   * Has the next training step show the graph, and images of its batch as the network sees them. To
   * take a batch for that alone would change training.
   */
  void showFirstBatch(Pictures pictures) {
    watching = pictures;
  }

  private void run(Op part) {
    try (Result result = session.runner().addTarget(part).fetch(training.pictures()).run()) {
      if (watching != null) {
        watching.graph(graph.toGraphDef());
        watching.images(1, SummaryOutputs.read(result));
        watching = null;
      }
    }
  }

  /**
   * Shows the weights' histograms, if the job wants them.
   *
   * @throws NonFiniteLossException when a weight cannot be put into a bucket
   */
  void showWeights(Pictures pictures, long step) {
    if (training.histograms() == null) {
      return;
    }
    try {
      pictures.weights(step, SummaryOutputs.fetch(session, training.histograms()));
    } catch (TFInvalidArgumentException e) {
      throw new NonFiniteLossException(step, "a weight is not a finite number");
    }
  }

  /** The whole validation set's score, or nothing when stopped on the way. */
  Optional<Scoring> evaluate(StopSignal stop) {
    session.runner().addTarget(training.evaluation().restart()).run().close();
    return diagnosed(
        () -> {
          Scoring scoring = new Scoring(plan.data().labels());
          while (!stop.isRequested()) {
            try (Result result = training.evaluated().fetchedBy(session.runner()).run()) {
              scoring.add(result);
            } catch (TFOutOfRangeException end) {
              return Optional.of(scoring);
            }
          }
          return Optional.empty();
        });
  }

  /** What the network makes of the first evaluation image: a probability for each class. */
  float[] firstProbabilities() {
    session.runner().addTarget(training.evaluation().restart()).run().close();
    return diagnosed(
        () -> {
          try (Result result = session.runner().fetch(training.probabilities()).run()) {
            TFloat32 batch = (TFloat32) result.get(0);
            float[] first = new float[plan.data().labels().size()];
            for (int i = 0; i < first.length; i++) {
              first[i] = batch.getFloat(0, i);
            }
            return first;
          }
        });
  }

  /**
   * Keeps the values that all variables have now, while steps go on; one such copy at a time.
   *
   * @param step the last that was made
   */
  CheckpointWriter.Values freeze(long step) {
    training.snapshot().take(session);
    return new CheckpointWriter.Values() {
      @Override
      public void save(Path prefix) {
        if (!training.snapshot().isFinite(session)) {
          throw new NonFiniteLossException(step, "a weight is not a finite number");
        }
        training.snapshot().save(session, prefix);
      }

      @Override
      public void close() {
        training.snapshot().release(session);
      }
    };
  }

  private <T> T diagnosed(Supplier<T> run) {
    try {
      return run.get();
    } catch (TFResourceExhaustedException e) {
      throw training.memory().ranOut(e, FreeMemory.bytes());
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw input.explain(e).<RuntimeException>map(bad -> bad).orElse(e);
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
