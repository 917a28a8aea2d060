package dev.trainyard.trainer;

import dev.trainyard.trainer.loop.StopSignal;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Listens to the parent process. {@code plan} says what to do, the word {@code stop} requests a
 * stop. The end of the stream without it means that the parent has died, and nobody would read what
 * this process has to say; where there is no plan yet, it is a request to stop like any other.
 */
final class ParentWatch implements StopSignal {

  private static final String PLAN = TrainerProcess.PLAN + " ";

  private final BufferedReader words;
  private final CompletableFuture<Optional<Path>> plan = new CompletableFuture<>();
  private volatile boolean requested;

  private ParentWatch(InputStream in) {
    this.words = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /**
   * Listens on a daemon thread; the parent's death ends a process that trains at once.
   *
   * @param known the plan, when the parent need not say it
   */
  static ParentWatch on(InputStream in, Optional<Path> known) {
    ParentWatch watch = new ParentWatch(in);
    if (known.isPresent()) {
      watch.plan.complete(known);
    }
    Thread thread = new Thread(watch::listen, "parent-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  /** Waits until the parent has said what to do; nothing when it wants no training. */
  Optional<Path> awaitPlan() {
    return plan.join();
  }

  private void listen() {
    try {
      for (String word = words.readLine(); word != null; word = words.readLine()) {
        if (word.strip().equals(TrainerProcess.STOP)) {
          request();
        } else if (word.startsWith(PLAN)) {
          plan.complete(Optional.of(Path.of(word.substring(PLAN.length()))));
        }
      }
    } catch (IOException e) {
      // a broken pipe is its end
    }
    if (!requested && plan.getNow(Optional.empty()).isPresent()) {
      Runtime.getRuntime().halt(ExitCode.RETRIABLE.code());
    }
    request();
  }

  /** Requests a stop as the parent would. */
  void request() {
    requested = true;
    plan.complete(Optional.empty());
  }

  @Override
  public boolean isRequested() {
    return requested;
  }
}
