package dev.trainyard.worker.executor;

import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** A child process that has no plan yet. */
final class StandbyTrainer {

  /** A start that takes longer than this has got stuck. */
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final long started = System.nanoTime();
  private final TrainerPipe pipe;
  private final CompletableFuture<Optional<WorkerDevices>> ready = new CompletableFuture<>();

  /**
   * @param whenReady is told what it has reported, on a thread of its own
   */
  StandbyTrainer(Process process, Consumer<WorkerDevices> whenReady) {
    this.pipe = new TrainerPipe(process);
    Thread thread = new Thread(() -> awaitReady(whenReady), "standby-" + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  private void awaitReady(Consumer<WorkerDevices> whenReady) {
    Optional<WorkerDevices> report = Optional.empty();
    try {
      if (pipe.next() instanceof TrainerEvent.Ready event) {
        report = Optional.of(WorkerDevices.of(event));
      }
    } catch (IOException e) {
      pipe.kill(); // and nothing it is
    } finally {
      ready.complete(report);
    }
    report.ifPresent(whenReady);
  }

  /** What it has reported; waits for it. Nothing when it has died or got stuck instead. */
  Optional<WorkerDevices> report() throws InterruptedException {
    try {
      return ready.get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      pipe.kill();
      return Optional.empty();
    }
  }

  /** Whether it is alive and not stuck. */
  boolean isWell() {
    boolean late = !ready.isDone() && age().compareTo(LONGEST_START) > 0;
    return pipe.isAlive() && !late;
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Gives it its plan, warm or not; nothing when it turns out to be dead. */
  Optional<RunningTrainer> assign(Path plan, CappedLog log) {
    if (!pipe.isAlive()) {
      return Optional.empty();
    }
    pipe.logTo(log);
    try {
      pipe.say(TrainerProcess.PLAN + " " + plan);
    } catch (IOException e) {
      pipe.kill();
      return Optional.empty();
    }
    return Optional.of(new Assigned());
  }

  long pid() {
    return pipe.pid();
  }

  /** Lets it go; it ends by itself. */
  void hangUp() {
    pipe.hangUp();
  }

  /** Waits a moment for its end, then kills it. */
  void end(Duration patience) throws InterruptedException {
    pipe.hangUp();
    pipe.end(patience);
  }

  void kill() {
    pipe.kill();
  }

  /** Its first event is the report, which another thread reads. */
  private final class Assigned implements RunningTrainer {

    private final LocalTrainer trainer = new LocalTrainer(pipe);

    @Override
    public int observe(Consumer<TrainerEvent> listener) throws IOException, InterruptedException {
      report();
      return trainer.observe(listener);
    }

    @Override
    public void stop() {
      trainer.stop();
    }

    @Override
    public void terminate() {
      trainer.terminate();
    }

    @Override
    public void kill() {
      trainer.kill();
    }
  }
}
