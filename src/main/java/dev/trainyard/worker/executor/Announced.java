package dev.trainyard.worker.executor;

import dev.trainyard.trainer.protocol.TrainerEvent;
import java.io.IOException;
import java.util.function.Consumer;

/** A trainer whose end somebody waits for. */
record Announced(RunningTrainer trainer, Runnable whenEnded) implements RunningTrainer {

  @Override
  public int observe(Consumer<TrainerEvent> listener) throws IOException, InterruptedException {
    try {
      return trainer.observe(listener);
    } finally {
      whenEnded.run();
    }
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
