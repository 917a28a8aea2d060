package dev.trainyard.trainer;

import dev.trainyard.trainer.loop.StopSignal;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Listens to the parent process. The word {@code stop} requests a stop; the end of the stream
 * without it means that the parent has died, and nobody would read what this process has to say.
 */
final class ParentWatch implements StopSignal {

  private final BufferedReader words;
  private volatile boolean requested;

  private ParentWatch(InputStream in) {
    this.words = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** Listens on a daemon thread; the parent's death ends this process at once. */
  static ParentWatch on(InputStream in) {
    ParentWatch watch = new ParentWatch(in);
    Thread thread = new Thread(watch::listen, "parent-watch");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void listen() {
    try {
      for (String word = words.readLine(); word != null; word = words.readLine()) {
        if (word.strip().equals(TrainerProcess.STOP)) {
          requested = true;
        }
      }
    } catch (IOException e) {
      // a broken pipe is its end
    }
    if (!requested) {
      Runtime.getRuntime().halt(ExitCode.RETRIABLE.code());
    }
  }

  /** Requests a stop as the parent would. */
  void request() {
    requested = true;
  }

  @Override
  public boolean isRequested() {
    return requested;
  }
}
