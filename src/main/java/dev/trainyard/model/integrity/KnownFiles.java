package dev.trainyard.model.integrity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The digests of files that were read before, so that large ones are not read anew for each
 * request. A file is read again when its size, its times or its place on the disk are not what they
 * were; bits that a disk has turned without a write show only in {@link Sha256#of}.
 */
@Component
public class KnownFiles {

  private static final int MOST = 10_000;

  /** Those asked for longest ago go first. Guarded by itself. */
  private final Map<Path, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
          return size() > MOST;
        }
      };

  KnownFiles() {}

  /**
   * @param sha256 in lower-case hexadecimal
   * @throws java.nio.file.NoSuchFileException when it is not there
   */
  public boolean matches(Path file, String sha256) throws IOException {
    Stamp stamp = Stamp.of(file);
    synchronized (known) {
      Known before = known.get(file);
      if (before != null && before.stamp.equals(stamp)) {
        return before.sha256.equals(sha256);
      }
    }
    String found = Sha256.of(file);
    if (stamp.equals(Stamp.of(file))) {
      remember(file, new Known(stamp, found));
    }
    return found.equals(sha256);
  }

  /** It was just written, with this digest. */
  public void remember(Path file, String sha256) throws IOException {
    remember(file, new Known(Stamp.of(file), sha256));
  }

  private void remember(Path file, Known digest) {
    synchronized (known) {
      known.put(file, digest);
    }
  }

  private record Known(Stamp stamp, String sha256) {}

  /**
   * @param changed what no program can set back, where the system keeps that
   */
  private record Stamp(
      long bytes, FileTime modified, @Nullable Object key, @Nullable Object changed) {

    static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Stamp(
          attributes.size(), attributes.lastModifiedTime(), attributes.fileKey(), changed(file));
    }

    private static @Nullable Object changed(Path file) throws IOException {
      return file.getFileSystem().supportedFileAttributeViews().contains("unix")
          ? Objects.requireNonNull(
              Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS))
          : null;
    }
  }
}
