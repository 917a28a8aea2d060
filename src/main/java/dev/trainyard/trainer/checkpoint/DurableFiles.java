package dev.trainyard.trainer.checkpoint;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Folders that appear whole or not at all, and stay after a power cut. */
public final class DurableFiles {

  private static final boolean WINDOWS = File.separatorChar == '\\';

  private DurableFiles() {}

  /**
   * Makes a folder that was written aside appear under its name.
   *
   * @param folder complete, on the same file system as {@code target}
   * @param target must not be there yet
   */
  public static void publish(Path folder, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        sync(file);
      }
    }
    Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
    sync(Objects.requireNonNull(target.toAbsolutePath().getParent(), "a folder to appear in"));
  }

  /**
   * Makes the folder if it is not there, but not the one that it is in: when that is gone, a later
   * attempt has taken it over.
   */
  public static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(folder);
    }
  }

  /** Puts a file with this content in place of what is there, in one step. */
  public static void write(Path file, byte[] content) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(aside, content);
    sync(aside);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    sync(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a folder to appear in"));
  }

  private static void sync(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      if (!WINDOWS) { // which cannot open a folder, and needs no sync of it
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    } else {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /** Deletes a folder with all that is in it, if it is there. */
  public static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
              throws IOException {
            if (problem != null) {
              throw problem;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
