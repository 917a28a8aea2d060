package dev.trainyard.trainer.checkpoint;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A checkpoint that is on disk and was verified.
 *
 * @param bytes of its files together
 * @param trained time that training took up to it, over all attempts
 */
public record Checkpoint(long step, Path folder, long bytes, Duration trained) {

  private static final String PREFIX = "variables";

  /** What TensorFlow calls the checkpoint: the common beginning of its files' paths. */
  public Path prefix() {
    return prefixIn(folder);
  }

  static Path prefixIn(Path folder) {
    return folder.resolve(PREFIX);
  }
}
