package dev.trainyard.trainer.loop;

/** How training ended, when it did not fail. */
public sealed interface Outcome {

  /** All steps are done and the model is exported. */
  record Finished(long step) implements Outcome {}

  /** Stopped on request after {@code step}, of which a checkpoint is on disk. */
  record Stopped(long step) implements Outcome {}
}
