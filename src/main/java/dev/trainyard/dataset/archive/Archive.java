package dev.trainyard.dataset.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Files by name: a zip, a tar, or a folder. Safe for concurrent use; whoever opens it closes it.
 */
public interface Archive extends Closeable {

  /**
   * Opens what needs no unpacking first.
   *
   * @throws ArchiveException when it is none, ends too early, is encrypted, or exceeds a limit
   */
  static Archive open(Path file, ArchiveLimits limits) throws IOException {
    return TarHeader.begins(start(file))
        ? TarArchive.open(file, limits)
        : ZipArchive.open(file, limits);
  }

  /**
   * Opens a folder.
   *
   * @param bounds that no link leads out of; the folder or one above it
   */
  static Archive openFolder(Path folder, Path bounds, ArchiveLimits limits) throws IOException {
    return FolderArchive.open(folder, bounds, limits);
  }

  /** Whether a file that begins so is a tar, which has no first few bytes of its own. */
  static boolean isTar(byte[] start) {
    return TarHeader.begins(start);
  }

  /** The first bytes of a file, enough to tell what it is. */
  static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(TarHeader.SIZE);
    }
  }

  /** Every file in it; folders are left out. */
  List<ArchiveEntry> entries();

  /**
   * The whole content of one entry.
   *
   * @throws ArchiveException when it is too large, or damaged
   */
  byte[] read(String name) throws IOException;

  /**
   * One entry as a stream, of at most the bytes that it claims; whoever asks closes it.
   *
   * @throws ArchiveException when it is not there
   */
  InputStream open(String name) throws IOException;

  /** What it is called in messages. */
  default String noun() {
    return "archive";
  }
}
