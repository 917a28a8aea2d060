package dev.trainyard.model.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory a model will take, before it has been loaded and has said so itself. */
final class ModelNeed {

  /** A JVM with TensorFlow and no model. */
  private static final long PROCESS = 300L << 20;

  private ModelNeed() {}

  /** Bytes: its files, once, beside the process. */
  static long of(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = PROCESS;
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
      return bytes;
    } catch (IOException e) {
      return PROCESS; // loading it will say what is wrong
    }
  }
}
