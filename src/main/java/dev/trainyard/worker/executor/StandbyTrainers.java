package dev.trainyard.worker.executor;

import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trainers that are started ahead. One that was taken, or that died, is replaced, but not while its
 * start would take the processor from a job that begins; and ever more slowly while they keep
 * dying. The first one also looks which devices there are; it is kept only if it found none that it
 * now holds on to.
 */
final class StandbyTrainers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StandbyTrainers.class);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);

  /** One that has lived as long as this makes up for the deaths before it. */
  private static final Duration LONG_LIFE = Duration.ofMinutes(1);

  /** For one that is let go to end by itself. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Starter starter;
  private final int wanted;
  private final Timing timing;
  private final Deque<StandbyTrainer> waiting = new ArrayDeque<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "standby-trainers");
            thread.setDaemon(true);
            return thread;
          });

  private long notBefore = System.nanoTime();
  private int deaths;
  private boolean closed;
  private @Nullable StandbyTrainer scout;
  private volatile @Nullable WorkerDevices devices;

  StandbyTrainers(Starter starter, int wanted, Timing timing) {
    this.starter = starter;
    this.wanted = wanted;
    this.timing = timing;
  }

  void open() {
    timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Has {@code task} done on this object's own thread, again and again until it says it is done.
   */
  void repeat(Task task, Duration delay) {
    timer.schedule(
        () -> {
          if (!task.isDone()) {
            repeat(task, delay);
          }
        },
        delay.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** What the first one has found. */
  Optional<WorkerDevices> devices() {
    return Optional.ofNullable(devices);
  }

  synchronized int size() {
    return (int) waiting.stream().filter(StandbyTrainer::isWell).count();
  }

  /** Gives the plan to one that waits, if there is one. */
  Optional<RunningTrainer> assign(Path plan, CappedLog log) {
    synchronized (this) {
      notBefore = Math.max(notBefore, in(timing.afterStart())); // the job's start comes first
    }
    for (StandbyTrainer next = take(); next != null; next = take()) {
      Optional<RunningTrainer> trainer = next.assign(plan, log);
      if (trainer.isPresent()) {
        return trainer;
      }
      LOG.info("A trainer that was started ahead has died; the job gets another one");
    }
    return Optional.empty();
  }

  /** A job is over: soon there may be time to start one ahead. */
  synchronized void jobEnded() {
    notBefore = Math.min(notBefore, in(timing.afterEnd()));
  }

  /**
   * Starts a process of its own to look for {@code options}, and waits for its report.
   *
   * @return nothing when it died
   */
  Optional<WorkerDevices> lookFor(List<String> options) throws IOException, InterruptedException {
    StandbyTrainer process = new StandbyTrainer(starter.start(options), report -> {});
    try {
      return process.report();
    } finally {
      process.hangUp();
    }
  }

  void add(WorkerDevices more) {
    WorkerDevices known = devices;
    if (known != null) {
      devices = known.with(more.devices());
    }
  }

  @Override
  public void close() {
    List<StandbyTrainer> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(waiting);
      waiting.clear();
    }
    timer.shutdownNow();
    all.forEach(StandbyTrainer::hangUp);
    try {
      for (StandbyTrainer trainer : all) {
        trainer.end(PATIENCE);
      }
    } catch (InterruptedException e) {
      all.forEach(StandbyTrainer::kill);
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable StandbyTrainer take() {
    return waiting.pollFirst();
  }

  private synchronized void look() {
    try {
      if (waiting.stream().anyMatch(trainer -> trainer.age().compareTo(LONG_LIFE) > 0)) {
        deaths = 0;
      }
      if (removeLost()) {
        Duration backoff = timing.firstBackoff().multipliedBy(1L << Math.min(deaths++, 20));
        backoff = backoff.compareTo(LONGEST_BACKOFF) < 0 ? backoff : LONGEST_BACKOFF;
        notBefore = Math.max(notBefore, in(backoff));
        LOG.warn("A trainer that was started ahead has died; another starts in {}", backoff);
      }
      boolean scouting = devices == null;
      int missing = (scouting ? 1 : wanted) - waiting.size(); // the first one has to tell the way
      if (!closed && missing > 0 && System.nanoTime() - notBefore >= 0) {
        waiting.add(start(scouting));
      }
    } catch (IOException | RuntimeException e) {
      notBefore = in(LONGEST_BACKOFF);
      LOG.warn("No trainer could be started ahead; jobs start their own: {}", e.toString());
    }
  }

  private boolean removeLost() {
    List<StandbyTrainer> lost = waiting.stream().filter(trainer -> !trainer.isWell()).toList();
    lost.forEach(StandbyTrainer::kill);
    return waiting.removeAll(lost);
  }

  private StandbyTrainer start(boolean scouting) throws IOException {
    List<String> options = new ArrayList<>();
    if (scouting) {
      options.add(TrainerProcess.LIST_DEVICES);
    }
    if (wanted == 0) {
      options.add(TrainerProcess.ONLY_REPORT);
    }
    StandbyTrainer started =
        new StandbyTrainer(starter.start(options), report -> ready(report, scouting));
    scout = scouting ? started : scout;
    return started;
  }

  private synchronized void ready(WorkerDevices report, boolean scouting) {
    if (scouting) {
      devices = report;
      LOG.info("Trainers run TensorFlow {} on {}", report.tensorflowVersion(), report.inWords());
      if ((wanted == 0 || !report.isOnlyCpu()) && scout != null && waiting.remove(scout)) {
        scout.hangUp(); // what it has looked at it holds on to
      }
      scout = null;
    }
  }

  private static long in(Duration duration) {
    return System.nanoTime() + duration.toNanos();
  }

  /** Something that may have to wait for a better moment. */
  interface Task {
    boolean isDone();
  }

  /** Starts a trainer without a plan. */
  interface Starter {
    Process start(List<String> options) throws IOException;
  }

  /**
   * When to start the next one.
   *
   * @param afterStart of a job, if that still runs
   * @param afterEnd of a job
   * @param firstBackoff after one has died; doubles with each further death
   */
  record Timing(Duration afterStart, Duration afterEnd, Duration firstBackoff) {

    static final Timing NORMAL =
        new Timing(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(1));
  }
}
