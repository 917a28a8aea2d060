package dev.trainyard.model.predict;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.PredictorMessage.Prediction;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The models that are loaded for prediction: at most {@code loaded-models}. A further one takes the
 * place of the one that was asked longest ago, and waits while all are serving. The whole ends with
 * the service: processes are killed here, or end with their standard input.
 */
@Component
public class Predictors implements AutoCloseable {

  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(30);

  private final PredictorLauncher launcher;
  private final ModelProperties properties;
  private final ScheduledExecutorService watchdog;

  /** By folder, the one asked longest ago first. Guarded by this. */
  private final Map<Path, Place> places = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  Predictors(PredictorLauncher launcher, ModelProperties properties) {
    this.launcher = launcher;
    this.properties = properties;
    this.watchdog =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "predictor-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    long sweep = Math.min(properties.idleTimeout().toNanos() / 2, LONGEST_SWEEP.toNanos());
    watchdog.scheduleWithFixedDelay(this::letIdleOnesGo, sweep, sweep, TimeUnit.NANOSECONDS);
  }

  /**
   * One prediction an image, in order, by the model in {@code folder}.
   *
   * @throws ProblemException INVALID_REQUEST naming {@code instances[i]}, PREDICTION_TIMED_OUT, or
   *     MODEL_UNAVAILABLE
   */
  public List<Prediction> predict(Path folder, List<byte[]> images) {
    return predict(folder, images, Deadline.in(properties.predictionTimeout()));
  }

  List<Prediction> predict(Path folder, List<byte[]> images, Deadline deadline) {
    try {
      Place place = take(folder, deadline);
      try {
        return place.model.predict(images, deadline);
      } finally {
        giveBack(place);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopping();
    }
  }

  /**
   * Loads the model in a process of its own that ends with this call, beside those that serve.
   *
   * @return what it takes and gives, by signature name
   * @throws PredictorEndedException when it cannot be loaded
   */
  public Map<String, SignatureInfo> check(Path folder) throws PredictorEndedException {
    Deadline deadline = Deadline.in(properties.predictionTimeout());
    try (Predictor predictor = new Predictor(launcher, folder, deadline, watchdog)) {
      return predictor.signatures();
    }
  }

  /** Lets the model go, when it has answered what it was asked; its folder may then be deleted. */
  public void release(Path folder) {
    @Nullable Place idle = null;
    synchronized (this) {
      Place place = places.remove(folder);
      if (place != null) {
        place.dropped = true;
        idle = place.users == 0 ? place : null;
        notifyAll();
      }
    }
    if (idle != null) {
      idle.model.close();
    }
  }

  @Override
  public void close() {
    List<Place> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(places.values());
      places.clear();
      notifyAll();
    }
    all.forEach(place -> place.model.close());
    watchdog.shutdownNow();
  }

  /** Process ids of the models that are loaded now. */
  synchronized List<Long> processes() {
    List<Long> pids = new ArrayList<>();
    for (Place place : places.values()) {
      Predictor predictor = place.model.predictor();
      if (predictor != null) {
        pids.add(predictor.pid());
      }
    }
    return pids;
  }

  private Place take(Path folder, Deadline deadline) throws InterruptedException {
    @Nullable Place evicted = null;
    Place place;
    synchronized (this) {
      while (true) {
        if (closed) {
          throw stopping();
        }
        Place present = places.get(folder);
        if (present != null) {
          place = present;
          break;
        }
        evicted = places.size() < properties.loadedModels() ? null : longestIdle();
        if (evicted != null || places.size() < properties.loadedModels()) {
          place = new Place(new LoadedModel(folder, launcher, watchdog));
          places.put(folder, place);
          break;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos());
        if (millis <= 0) {
          throw new ProblemException(
              Problem.MODEL_UNAVAILABLE,
              "All "
                  + properties.loadedModels()
                  + " places for loaded models were busy. Try again later, or raise"
                  + " trainyard.model.loaded-models.");
        }
        wait(millis);
      }
      place.users++;
    }
    if (evicted != null) {
      evicted.model.close();
    }
    return place;
  }

  /** Removes it from the places; null when every one is serving. */
  private @Nullable Place longestIdle() {
    for (Place place : places.values()) {
      if (place.users == 0) {
        places.remove(place.model.folder());
        return place;
      }
    }
    return null;
  }

  private void giveBack(Place place) {
    boolean over;
    synchronized (this) {
      place.users--;
      place.lastUsed = System.nanoTime();
      over = place.users == 0 && (place.dropped || closed);
      notifyAll();
    }
    if (over) {
      place.model.close();
    }
  }

  private void letIdleOnesGo() {
    List<Place> idle = new ArrayList<>();
    synchronized (this) {
      long now = System.nanoTime();
      for (Place place : List.copyOf(places.values())) {
        if (place.users == 0 && now - place.lastUsed > properties.idleTimeout().toNanos()) {
          places.remove(place.model.folder());
          idle.add(place);
        }
      }
    }
    idle.forEach(place -> place.model.close());
  }

  private static ProblemException stopping() {
    return new ProblemException(Problem.MODEL_UNAVAILABLE, "The service is stopping.");
  }

  /** A loaded model and who uses it; guarded by the predictors. */
  private static final class Place {
    private final LoadedModel model;
    private int users;
    private long lastUsed = System.nanoTime();
    private boolean dropped;

    private Place(LoadedModel model) {
      this.model = model;
    }
  }
}
