package dev.trainyard.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The processes that work on one data folder. Each keeps a file of its own locked while it lives;
 * the operating system lets go of it however the process ends, so a file that can be locked is a
 * process that is gone.
 */
final class Instances implements AutoCloseable {

  private static final String ASIDE = ".new-";

  /** To open such a file a second time and close it would drop this JVM's lock on it. */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path own;
  private final FileChannel lock;

  Instances(Path folder, String id) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.own = folder.resolve(id);
    Path aside = folder.resolve(ASIDE + id);
    OURS.add(own);
    this.lock = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    Files.move(aside, own, StandardCopyOption.ATOMIC_MOVE); // nobody sees it unlocked
  }

  /** Whether it is here, or was and died. */
  boolean isKnown(String id) {
    return Files.exists(folder.resolve(id));
  }

  /** Whether its process has surely ended; false when nothing is known of it. */
  boolean isDead(String id) throws IOException {
    Path file = folder.resolve(id);
    if (OURS.contains(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(own);
    lock.close();
    OURS.remove(own);
  }
}
