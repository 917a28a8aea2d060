package dev.trainyard.worker.executor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A place where trainer processes run. */
public interface TrainerExecutor extends AutoCloseable {

  /** Begins to look for devices, and to start trainers ahead; returns at once. */
  void open();

  /** What a trainer started here can run on; nothing until the first report is there. */
  Optional<WorkerDevices> devices();

  /**
   * Looks whether there is a TPU, which nobody does unasked, and waits for the answer; {@link
   * #devices()} then has it.
   */
  void lookForTpu() throws InterruptedException;

  /** How many trainers are started ahead and wait for a plan. */
  int standbys();

  /**
   * Starts a trainer, or gives the plan to one that waits for it.
   *
   * @param plan the plan's file, written and closed
   * @param log where all that it says besides events from now on is appended
   */
  RunningTrainer start(Path plan, Path log) throws IOException;

  /** Starts none ahead any more, and ends those that wait. Those that train are left alone. */
  @Override
  void close();
}
