package dev.trainyard.dataset.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders of this machine that datasets may be made of: the operator's word, not a client's.
 */
public final class AllowedFolders {

  /**
   * A folder to read.
   *
   * @param place without links
   * @param bounds the allowed folder that it is in, without links
   */
  public record Found(Path place, Path bounds) {}

  private final List<Path> allowed;

  public AllowedFolders(List<Path> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  public boolean isEmpty() {
    return allowed.isEmpty();
  }

  /**
   * @param asked relative to an allowed folder, or absolute
   * @throws ArchiveException when it is none in there, links resolved; what there is elsewhere is
   *     not told
   */
  public Found find(String asked) throws ArchiveException {
    if (allowed.isEmpty()) {
      throw new ArchiveException(
          "cannot be read: the operator has allowed no folder (trainyard.dataset.allowed-folders)");
    }
    for (Path root : allowed) {
      try {
        Path bounds = root.toRealPath();
        Path place = bounds.resolve(asked).toRealPath();
        if (place.startsWith(bounds) && Files.isDirectory(place)) {
          return new Found(place, bounds);
        }
      } catch (IOException | InvalidPathException e) {
        // Not there.
      }
    }
    throw new ArchiveException("is not a folder in one that the operator has allowed");
  }
}
