package dev.trainyard.dataset.archive;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;

/**
 * Opens a file from a folder down, each folder out of the one above, and follows no link on the
 * way: whoever exchanges one for a link after it was looked at gains nothing. Where the operating
 * system cannot do that (Windows), the path is opened in one.
 */
final class Descent {

  private static final Set<java.nio.file.OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private Descent() {}

  /**
   * @param path without links, as it was when they were resolved
   * @throws ArchiveException when it is a folder, a pipe, a socket or a device
   */
  static SeekableByteChannel open(Path top, Path path) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(top);
    if (!(stream instanceof SecureDirectoryStream<Path> folder)) {
      stream.close();
      Path file = top.resolve(path);
      require(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
      return Files.newByteChannel(file, READ);
    }
    try {
      for (int i = 0; i < path.getNameCount() - 1; i++) {
        SecureDirectoryStream<Path> above = folder;
        try {
          folder = above.newDirectoryStream(path.getName(i), LinkOption.NOFOLLOW_LINKS);
        } finally {
          above.close();
        }
      }
      Path name = path.getFileName();
      // Before it is opened: a pipe would keep us waiting for its other end.
      require(
          folder
              .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes()
              .isRegularFile());
      return folder.newByteChannel(name, READ);
    } finally {
      folder.close();
    }
  }

  private static void require(boolean regular) throws ArchiveException {
    if (!regular) {
      throw new ArchiveException("is not a regular file");
    }
  }
}
