package dev.trainyard.model.predict;

import dev.trainyard.problem.FieldProblem;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.PredictorMessage;
import dev.trainyard.trainer.protocol.PredictorMessage.Prediction;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place among the loaded models: its process is started by the first request, answers one request
 * after the other in the order of their arrival, and is started anew when it died.
 */
final class LoadedModel {

  private static final Logger log = LoggerFactory.getLogger(LoadedModel.class);
  private static final int ATTEMPTS = 2;

  private final Path folder;
  private final PredictorLauncher launcher;
  private final ScheduledExecutorService watchdog;
  private final ReentrantLock turn = new ReentrantLock(true);
  private volatile @Nullable Predictor predictor;

  LoadedModel(Path folder, PredictorLauncher launcher, ScheduledExecutorService watchdog) {
    this.folder = folder;
    this.launcher = launcher;
    this.watchdog = watchdog;
  }

  Path folder() {
    return folder;
  }

  @Nullable Predictor predictor() {
    return predictor;
  }

  List<Prediction> predict(List<byte[]> images, Deadline deadline) throws InterruptedException {
    if (!turn.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
      throw new ProblemException(
          Problem.PREDICTION_TIMED_OUT,
          "The model was busy with other requests until the time for this one was up.");
    }
    try {
      return answered(images, deadline);
    } finally {
      turn.unlock();
    }
  }

  /** Ends the process, in the middle of a request if need be. */
  void close() {
    Predictor running = predictor;
    if (running != null) {
      running.close();
    }
  }

  private List<Prediction> answered(List<byte[]> images, Deadline deadline) {
    for (int attempt = 1; ; attempt++) {
      try {
        PredictorMessage answer = running(deadline).ask(images, deadline);
        if (answer instanceof PredictorMessage.Predictions predictions) {
          return predictions.predictions();
        }
        throw refusal((PredictorMessage.Refused) answer);
      } catch (PredictorEndedException e) {
        predictor = null;
        log.warn("The predictor of {} ended, attempt {}: {}", folder, attempt, e.getMessage());
        if (e.timedOut()) {
          throw new ProblemException(
              Problem.PREDICTION_TIMED_OUT,
              "The model did not answer within trainyard.model.prediction-timeout; its process"
                  + " was ended and the next request starts a new one. Send fewer or smaller"
                  + " images.");
        }
        if (attempt == ATTEMPTS) {
          throw new ProblemException(
              Problem.MODEL_UNAVAILABLE,
              "The model's process ended twice without an answer; the service's log says why.");
        }
      }
    }
  }

  private Predictor running(Deadline deadline) throws PredictorEndedException {
    Predictor current = predictor;
    if (current == null) {
      current = new Predictor(launcher, folder, deadline, watchdog);
      predictor = current;
    }
    return current;
  }

  private static ProblemException refusal(PredictorMessage.Refused refused) {
    String field = refused.index() < 0 ? "instances" : "instances[" + refused.index() + "]";
    return new ProblemException(
        Problem.INVALID_REQUEST,
        field + ": " + refused.reason(),
        new FieldProblem(field, refused.reason()));
  }
}
