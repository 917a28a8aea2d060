package dev.trainyard.worker.executor;

import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A child process that has its plan. */
final class LocalTrainer implements RunningTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(LocalTrainer.class);

  private final TrainerPipe pipe;

  LocalTrainer(TrainerPipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public int observe(Consumer<TrainerEvent> listener) throws IOException, InterruptedException {
    try {
      for (TrainerEvent e = pipe.next(); e != null; e = pipe.next()) {
        listener.accept(e);
      }
      return pipe.exitCode();
    } finally {
      kill(); // on every way out: a trainer that nobody listens to must not train on
    }
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(pipe.pid());
  }

  @Override
  public void stop() {
    try {
      pipe.say(TrainerProcess.STOP);
    } catch (IOException e) {
      LOG.debug("Trainer {} has ended already", pipe.pid());
    }
  }

  @Override
  public void terminate() {
    pipe.terminate();
  }

  @Override
  public void kill() {
    pipe.kill();
  }
}
