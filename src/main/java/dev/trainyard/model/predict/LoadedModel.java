package dev.trainyard.model.predict;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.PredictorFrame;
import dev.trainyard.trainer.protocol.PredictorMessage;
import dev.trainyard.trainer.protocol.PredictorMessage.Failed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place among the loaded models: its process is started for the first question, and anew when it
 * died. A thread asks it one batch after the other; what arrives meanwhile becomes the next one, so
 * a question that comes alone waits for nothing.
 */
final class LoadedModel {

  private static final Logger log = LoggerFactory.getLogger(LoadedModel.class);
  private static final int ATTEMPTS = 2;

  private final Path folder;
  private final PredictorSupply supply;
  private final PredictorMetrics metrics;
  private final long most;
  private final Duration longest;
  private final AskQueue queue;
  private final Thread thread;
  private final Crashes crashes = new Crashes();

  /** Signatures whose answers could not be divided among those who asked. */
  private final Set<String> indivisible = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Predictor predictor;
  private volatile boolean closed;

  LoadedModel(
      Path folder, PredictorSupply supply, PredictorMetrics metrics, ModelProperties properties) {
    this.folder = folder;
    this.supply = supply;
    this.metrics = metrics;
    this.most = properties.maxRequestSize().toBytes();
    this.longest = properties.predictionTimeout();
    this.queue = new AskQueue(properties);
    this.thread = new Thread(this::serve, "predictor-of-" + folder.getFileName());
    thread.setDaemon(true);
    thread.start();
  }

  Path folder() {
    return folder;
  }

  @Nullable Predictor predictor() {
    return predictor;
  }

  int queued() {
    return queue.instances();
  }

  /** Completes its answer some time. */
  void submit(Ask ask) {
    if (indivisible.contains(ask.question().signature())) {
      ask.separate();
    }
    queue.add(ask);
  }

  /** Ends the process, in the middle of a request if need be. */
  void close() {
    closed = true;
    new Batch(queue.close()).fail(Predictors.stopping());
    Predictor running = predictor;
    if (running != null) {
      running.close();
    }
  }

  private void serve() {
    try {
      for (List<Ask> asks = queue.take(); !asks.isEmpty(); asks = queue.take()) {
        Batch batch = new Batch(asks);
        try {
          answer(batch);
        } catch (RuntimeException e) {
          batch.fail(e); // and the next ones are served all the same
        } catch (OutOfMemoryError e) { // of a batch that is too large
          batch.fail(new IllegalStateException(e));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does that
    }
  }

  private void answer(Batch batch) {
    boolean asked = false;
    try {
      Predictor running = running();
      asked = true;
      metrics.batch(batch.rows());
      // Its own time, whatever is left of the callers': they give up by themselves, and a process
      // that is only busy must not die of their impatience.
      deliver(batch, running.ask(batch.question(), most, Deadline.in(longest)));
    } catch (PredictorEndedException e) {
      ended(batch, asked, e);
    }
  }

  private void deliver(Batch batch, PredictorFrame frame) {
    if (frame.message() instanceof Failed failed) {
      if (batch.asks().size() > 1) {
        oneByOne(batch);
      } else {
        batch.fail(
            new ProblemException(
                Problem.INVALID_REQUEST, "The model gives no answer: " + failed.reason() + "."));
      }
    } else if (!batch.deliver(frame.tensors(), ((PredictorMessage.Answer) frame.message()).bad())) {
      indivisible.add(batch.question().signature());
      oneByOne(batch);
    }
  }

  private void oneByOne(Batch batch) {
    batch.asks().forEach(Ask::separate);
    queue.putBack(batch.asks());
  }

  /**
   * @param asked whether it ended under the batch, not before
   */
  private void ended(Batch batch, boolean asked, PredictorEndedException e) {
    Predictor dead = predictor;
    predictor = null;
    if (closed) {
      batch.fail(Predictors.stopping());
      return;
    }
    crashes.died(dead == null ? Duration.ZERO : dead.age());
    log.warn("The predictor of {} ended: {}", folder, e.getMessage());
    if (e.timedOut()) {
      batch.fail(
          new ProblemException(
              Problem.PREDICTION_TIMED_OUT,
              "The model did not answer within trainyard.model.prediction-timeout; its process"
                  + " was ended and the next request starts a new one. Send fewer or smaller"
                  + " images."));
      return;
    }
    List<Ask> again = new ArrayList<>();
    boolean shared = asked && batch.asks().size() > 1; // then it is not known whose fault it was
    for (Ask ask : batch.asks()) {
      ask.separate();
      if (ask.crashed() < ATTEMPTS || shared) {
        again.add(ask);
      } else {
        ask.answer()
            .completeExceptionally(
                new ProblemException(
                    Problem.MODEL_UNAVAILABLE,
                    "The model's process ended twice without an answer; the service's log says"
                        + " why."));
      }
    }
    queue.putBack(again);
  }

  private Predictor running() throws PredictorEndedException {
    Predictor current = predictor;
    if (current == null) {
      Duration wait = crashes.left();
      if (wait.compareTo(Duration.ZERO) > 0) {
        throw new ProblemException(
                Problem.MODEL_UNAVAILABLE,
                "The model's process has died several times; it is not started again at once.")
            .retryAfter((int) wait.toSeconds() + 1);
      }
      long start = System.nanoTime();
      current = supply.take();
      predictor = current;
      if (closed) {
        current.close();
      }
      current.load(folder, Deadline.in(longest));
      metrics.loaded(System.nanoTime() - start);
    }
    return current;
  }
}
