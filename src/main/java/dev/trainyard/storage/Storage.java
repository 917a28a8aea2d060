package dev.trainyard.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The data folder. What is there is whole: files are written in a temporary folder of the same file
 * system, forced to disk, and appear by rename. Keys are ids that the service made or names that it
 * has validated; anything else is refused here once more, so no client string ever becomes a path.
 */
@Component
public class Storage implements AutoCloseable {

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private final Path root;
  private final String instance;
  private final FileChannel lock;
  private final Instances instances;

  /**
   * @throws DataFolderInUseException when another service works on the folder and the two do not
   *     mean to share it: each has a database of its own, and would take the other's files for
   *     leftovers
   */
  Storage(StorageProperties properties, @Value("${trainyard.instance}") String instance) {
    this.root = properties.dataDir().toAbsolutePath().normalize();
    this.instance = instance;
    try {
      Files.createDirectories(root);
      this.lock = lock(root, properties.shared());
      this.instances = new Instances(root.resolve("instances"), instance);
      clearAway();
      Files.createDirectories(temporaryFolder());
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder " + root + " cannot be written", e);
    }
  }

  /** Held until this process ends, however it ends. */
  private static FileChannel lock(Path root, boolean shared) throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.resolve(".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock(0, Long.MAX_VALUE, shared) != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      if (shared) {
        return channel; // with another service of this very JVM
      }
    }
    channel.close();
    throw new DataFolderInUseException(root);
  }

  /**
   * Deletes what processes that have ended were writing: they are dead, or have taken their mark
   * with them. A process has its mark before it has a folder.
   */
  public void clearAway() throws IOException {
    Path all = Files.createDirectories(root.resolve("tmp"));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
      for (Path folder : folders) {
        String other = folder.getFileName().toString();
        if (instances.isDead(other) || !instances.isKnown(other)) {
          deleteTree(folder);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** What this process is called: no other ever was or will be. */
  public String instance() {
    return instance;
  }

  /**
   * Whether another process that worked on this folder has surely ended. False as well when that
   * cannot be told, such as on a file system without locks.
   */
  public boolean isDead(String otherInstance) {
    try {
      return instances.isDead(otherInstance);
    } catch (IOException e) {
      return false;
    }
  }

  /** Lets another service have the folder. */
  @Override
  public void close() throws IOException {
    deleteTree(temporaryFolder());
    instances.close();
    lock.close();
  }

  /** The folder of one thing: {@code of("datasets", id)} is {@code data/datasets/{id}}. */
  public Path of(String... keys) {
    Path path = root;
    for (String key : keys) {
      if (!KEY.matcher(key).matches()) {
        throw new IllegalArgumentException("Not a storage key: '" + key + "'");
      }
      path = path.resolve(key);
    }
    return path;
  }

  /** A new, empty folder on the same file system; its writer publishes or deletes it. */
  public Path newTemporaryFolder() throws IOException {
    return Files.createDirectories(newTemporaryFile());
  }

  /** A path for a new folder that is a child process's own, not there yet. */
  public Path newChildFolder() {
    return temporaryFolder().resolve("child-" + UUID.randomUUID());
  }

  /** A path for a new file on the same file system, not there yet. */
  public Path newTemporaryFile() {
    return temporaryFolder().resolve(UUID.randomUUID().toString());
  }

  /**
   * Makes a complete folder or file appear at {@code target}: forces everything in it to disk,
   * renames it, and forces the parent, so that after a crash it is there whole or not at all.
   */
  public void publish(Path complete, Path target) throws IOException {
    forceTree(complete);
    Path parent = target.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("No parent: " + target);
    }
    Files.createDirectories(parent);
    Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
    force(parent);
  }

  /** Forces a file, or a folder and all in it, to disk: ahead of time where publishing is timed. */
  public void forceTree(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            force(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure)
              throws IOException {
            force(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Deletes a folder or file and all that is in it; nothing happens when it is not there. */
  public void deleteTree(Path path) throws IOException {
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure)
                throws IOException {
              Files.deleteIfExists(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (NoSuchFileException e) {
      // Already gone, which is what was asked for.
    }
  }

  private Path temporaryFolder() {
    return root.resolve("tmp").resolve(instance);
  }

  /** Forces a file, or the names in a folder, to disk. */
  public void force(Path path) throws IOException {
    // Windows cannot open a folder; its file system keeps the rename in its own journal.
    if (Files.isDirectory(path) && System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
