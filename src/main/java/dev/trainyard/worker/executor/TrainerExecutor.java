package dev.trainyard.worker.executor;

import dev.trainyard.spec.AcceleratorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** A place where trainer processes run. */
public interface TrainerExecutor {

  /** What a trainer started here can run on. */
  Set<AcceleratorSpec.Type> accelerators();

  /**
   * Starts a trainer.
   *
   * @param plan the plan's file, written and closed
   * @param log where all that it says besides events is appended
   */
  RunningTrainer start(Path plan, Path log) throws IOException;
}
