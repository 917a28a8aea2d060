package dev.trainyard.trainer.checkpoint;

import java.nio.file.Path;

/**
 * A checkpoint that is on disk and was verified.
 *
 * @param bytes of its files together
 */
public record Checkpoint(long step, Path folder, long bytes) {

  private static final String PREFIX = "variables";

  /** What TensorFlow calls the checkpoint: the common beginning of its files' paths. */
  public Path prefix() {
    return prefixIn(folder);
  }

  static Path prefixIn(Path folder) {
    return folder.resolve(PREFIX);
  }
}
