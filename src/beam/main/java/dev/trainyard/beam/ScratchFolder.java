package dev.trainyard.beam;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A local folder for a few small files, deleted when closed. */
record ScratchFolder(Path path) implements Closeable {

  ScratchFolder() throws IOException {
    this(Files.createTempDirectory("dataset"));
  }

  List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.toList();
    }
  }

  @Override
  public void close() throws IOException {
    for (Path file : files()) {
      Files.delete(file);
    }
    Files.delete(path);
  }
}
