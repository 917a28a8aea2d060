package dev.trainyard.dataset.archive;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists a folder. Links to files are listed and judged when they are opened; links to folders are
 * listed as files that cannot be, so that there is no way out and no way round in circles.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {

  private static final int ENTRY_BYTES = 150; // in memory, beside the name
  private static final int DEEPEST = 32;

  private final Path folder;
  private final Path bounds;
  private final ArchiveLimits limits;
  private final List<ArchiveEntry> entries = new ArrayList<>();
  private long memory;

  private FolderWalk(Path folder, Path bounds, ArchiveLimits limits) {
    this.folder = folder;
    this.bounds = bounds;
    this.limits = limits;
  }

  static List<ArchiveEntry> list(Path folder, Path bounds, ArchiveLimits limits)
      throws IOException {
    FolderWalk walk = new FolderWalk(folder, bounds, limits);
    Files.walkFileTree(folder, java.util.Set.of(), DEEPEST, walk);
    return walk.entries;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    String name = folder.relativize(file).toString().replace('\\', '/');
    memory += ENTRY_BYTES + 2L * name.length();
    if (entries.size() >= limits.maxEntries() || memory > limits.maxDirectoryBytes()) {
      throw limits.tooManyEntries("The folder", entries.size() + 1L);
    }
    entries.add(new ArchiveEntry(name, size(file, attributes)));
    return FileVisitResult.CONTINUE;
  }

  /** A part that cannot be seen would be left out in silence; one that has just gone may be. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (failure instanceof NoSuchFileException && !file.equals(folder)) {
      return FileVisitResult.CONTINUE;
    }
    throw new ArchiveException(
        "The folder has something that cannot be read: '%s' (%s)"
            .formatted(folder.relativize(file), failure.getClass().getSimpleName()));
  }

  private long size(Path file, BasicFileAttributes attributes) {
    if (!attributes.isSymbolicLink()) {
      return attributes.size();
    }
    try {
      Path real = file.toRealPath();
      return real.startsWith(bounds) ? Files.size(real) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
