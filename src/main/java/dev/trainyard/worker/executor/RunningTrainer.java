package dev.trainyard.worker.executor;

import dev.trainyard.trainer.protocol.TrainerEvent;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A trainer that was started. */
public interface RunningTrainer {

  /**
   * Hands every event to the listener, in order, until the trainer has ended.
   *
   * @return its exit code; 128 + n when signal n killed it
   */
  int observe(Consumer<TrainerEvent> listener) throws IOException, InterruptedException;

  /** Of its process, if it has one on this machine. */
  default OptionalLong pid() {
    return OptionalLong.empty();
  }

  /** Asks it to finish its step, write a checkpoint and exit. Nothing happens when it has ended. */
  void stop();

  /** Says the same with SIGTERM, to one that does not listen. */
  void terminate();

  /** Ends it now; the last checkpoint stays. */
  void kill();
}
