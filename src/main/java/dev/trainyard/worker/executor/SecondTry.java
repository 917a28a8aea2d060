package dev.trainyard.worker.executor;

import dev.trainyard.trainer.protocol.TrainerEvent;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trainer that was started ahead, and, should it turn out to have died before it could begin,
 * another one in its place: that death is none of the job's.
 */
final class SecondTry implements RunningTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(SecondTry.class);

  private final Starter another;
  private RunningTrainer current;
  private boolean ending;

  SecondTry(RunningTrainer first, Starter another) {
    this.current = first;
    this.another = another;
  }

  @Override
  public int observe(Consumer<TrainerEvent> listener) throws IOException, InterruptedException {
    AtomicBoolean begun = new AtomicBoolean();
    int exitCode =
        current()
            .observe(
                event -> {
                  begun.set(true);
                  listener.accept(event);
                });
    synchronized (this) {
      if (begun.get() || ending) {
        return exitCode;
      }
      LOG.warn(
          "A trainer that was started ahead ended with exit code {} before it began; the job gets"
              + " another one",
          exitCode);
      current = another.start();
    }
    return current().observe(listener);
  }

  @Override
  public synchronized void stop() {
    ending = true;
    current.stop();
  }

  @Override
  public synchronized void terminate() {
    ending = true;
    current.terminate();
  }

  @Override
  public synchronized void kill() {
    ending = true;
    current.kill();
  }

  private synchronized RunningTrainer current() {
    return current;
  }

  /** Starts a trainer with its plan. */
  interface Starter {
    RunningTrainer start() throws IOException;
  }
}
