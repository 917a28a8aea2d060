package dev.trainyard.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A folder for what has to be a file; nothing may appear beside what was put there. */
public final class Scratch {

  private final Path around;
  private final Path folder;

  public Scratch() {
    try {
      around = Files.createTempDirectory("trainyard-fuzz");
      folder = Files.createDirectory(around.resolve("folder"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(around.toFile())));
  }

  public Path folder() {
    return folder;
  }

  public Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  /** That nothing is outside of the folder, and nothing that is no plain file or folder in it. */
  public void requireContained() throws IOException {
    try (Stream<Path> all = Files.list(around)) {
      if (all.anyMatch(path -> !path.equals(folder))) {
        throw new AssertionError("A file was written outside of its folder");
      }
    }
    try (Stream<Path> all = Files.walk(folder)) {
      if (all.anyMatch(path -> Files.isSymbolicLink(path))) {
        throw new AssertionError("A link was made");
      }
    }
  }

  public void empty() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.toList()) {
        FileSystemUtils.deleteRecursively(path);
      }
    }
  }
}
