package dev.trainyard.model.predict;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The models that are loaded for prediction: at most {@code loaded-models}, and as many as {@code
 * memory} takes. A further one takes the place of those that were asked longest ago, and waits
 * while all are serving. The whole ends with the service: processes are killed here, or end with
 * their standard input.
 */
@Component
public class Predictors implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Predictors.class);
  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(30);

  private final ModelProperties properties;
  private final PredictorMetrics metrics;
  private final PredictorSupply supply;
  private final ScheduledExecutorService watchdog;

  /** By folder, the one asked longest ago first. Guarded by this. */
  private final Map<Path, Place> places = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;
  private volatile boolean expectsUse;

  Predictors(PredictorLauncher launcher, ModelProperties properties, PredictorMetrics metrics) {
    this.properties = properties;
    this.metrics = metrics;
    this.watchdog =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "predictor-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    this.supply = new PredictorSupply(launcher, watchdog, properties.standbyPredictors());
    long sweep = Math.min(properties.idleTimeout().toNanos() / 2, LONGEST_SWEEP.toNanos());
    watchdog.scheduleWithFixedDelay(this::letIdleOnesGo, sweep, sweep, TimeUnit.NANOSECONDS);
    metrics.watch(this);
  }

  /**
   * This process answers predictions: it starts others ahead, because somebody may ask.
   *
   * @param now whether there is a model already; else when the first one has been checked
   */
  public void expectUse(boolean now) {
    expectsUse = true;
    if (now) {
      supply.expect();
    }
  }

  /**
   * The answer of the model in {@code folder}.
   *
   * @throws ProblemException INVALID_REQUEST when it does not take the question,
   *     PREDICTION_TIMED_OUT, TOO_MANY_REQUESTS, or MODEL_UNAVAILABLE
   */
  public Answer ask(Path folder, Question question) {
    return ask(folder, question, Deadline.in(properties.predictionTimeout()));
  }

  Answer ask(Path folder, Question question, Deadline deadline) {
    supply.expect();
    try {
      Place place = take(folder, deadline);
      try {
        return answer(place.model, new Ask(question, deadline));
      } finally {
        giveBack(place);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopping();
    }
  }

  private static Answer answer(LoadedModel model, Ask ask) throws InterruptedException {
    model.submit(ask);
    try {
      // A little longer than the process may live: then it is known that it was ended.
      long patience = ask.deadline().remainingNanos() + TimeUnit.MILLISECONDS.toNanos(500);
      return ask.answer().get(patience, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ProblemException(
          Problem.PREDICTION_TIMED_OUT,
          "There was no answer within trainyard.model.prediction-timeout: the model was busy with"
              + " other requests, or is slow. Try again later.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      ask.answer().cancel(false);
    }
  }

  /**
   * Loads the model in a process of its own that ends with this call, beside those that serve.
   *
   * @return what it takes and gives, by signature name
   * @throws PredictorEndedException when it cannot be loaded
   */
  public Map<String, SignatureInfo> check(Path folder) throws PredictorEndedException {
    try (Predictor predictor = supply.take()) {
      return predictor.load(folder, Deadline.in(properties.predictionTimeout()));
    } finally {
      if (expectsUse) {
        supply.expect();
      }
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
    supply.close();
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

  /** Bytes that the loaded models take. */
  synchronized long memory() {
    return places.values().stream().mapToLong(Place::memory).sum();
  }

  /** Rows that wait. */
  synchronized int queued() {
    return places.values().stream().mapToInt(place -> place.model.queued()).sum();
  }

  int standby() {
    return supply.waiting();
  }

  private Place take(Path folder, Deadline deadline) throws InterruptedException {
    List<Place> evicted = new ArrayList<>();
    Place place;
    synchronized (this) {
      place = places.get(folder);
      if (place == null) {
        long need = ModelNeed.of(folder);
        checkThatItCanBeHeld(need);
        while ((place = places.get(folder)) == null && !makeRoom(need, evicted)) {
          awaitRoom(deadline);
        }
        if (place == null) {
          place = new Place(new LoadedModel(folder, supply, metrics, properties), need);
          places.put(folder, place);
        }
      }
      if (closed) {
        throw stopping();
      }
      place.users++;
    }
    evicted.forEach(it -> it.model.close());
    return place;
  }

  private void checkThatItCanBeHeld(long need) {
    if (need > properties.memory().toBytes()) {
      throw new ProblemException(
          Problem.MODEL_UNAVAILABLE,
          "The model needs about %d MB; all loaded models together may have %d (trainyard.model.memory)."
              .formatted(need >> 20, properties.memory().toMegabytes()));
    }
  }

  /**
   * Takes idle ones out of their places until there is one, and memory for it.
   *
   * @return false when those that are left are serving
   */
  private boolean makeRoom(long need, List<Place> evicted) {
    while (places.size() >= properties.loadedModels()
        || memory() + need > properties.memory().toBytes()) {
      Place idle = longestIdle();
      if (idle == null) {
        return false;
      }
      evicted.add(idle);
    }
    return true;
  }

  private void awaitRoom(Deadline deadline) throws InterruptedException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos());
    if (closed) {
      throw stopping();
    }
    if (millis <= 0) {
      throw new ProblemException(
          Problem.MODEL_UNAVAILABLE,
          "All places for loaded models were busy. Try again later, or raise"
              + " trainyard.model.loaded-models or trainyard.model.memory.");
    }
    wait(millis);
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
    List<Place> over = new ArrayList<>();
    synchronized (this) {
      place.users--;
      place.lastUsed = System.nanoTime();
      if (place.users == 0 && (place.dropped || closed)) {
        over.add(place);
      }
      while (memory() > properties.memory().toBytes()) {
        Place idle = longestIdle();
        if (idle == null) {
          break;
        }
        log.info("{} is let go: trainyard.model.memory is exceeded", idle.model.folder());
        over.add(idle);
      }
      notifyAll();
    }
    over.forEach(it -> it.model.close());
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

  static ProblemException stopping() {
    return new ProblemException(Problem.MODEL_UNAVAILABLE, "The service is stopping.");
  }

  /** A loaded model and who uses it; guarded by the predictors. */
  private static final class Place {
    private final LoadedModel model;
    private final long need;
    private int users;
    private long lastUsed = System.nanoTime();
    private boolean dropped;

    private Place(LoadedModel model, long need) {
      this.model = model;
      this.need = need;
    }

    /** As its process last said, or as it is expected to be. */
    private long memory() {
      Predictor predictor = model.predictor();
      return predictor == null || predictor.memory() == 0 ? need : predictor.memory();
    }
  }
}
