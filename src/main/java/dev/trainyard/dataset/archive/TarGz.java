package dev.trainyard.dataset.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Repacks a tar.gz as a zip, uncompressed: a dataset's images are read in another order than they
 * were packed in, which a tar.gz does not allow. Links and devices are left out.
 */
public final class TarGz {

  private static final int ENTRY_BYTES = 46; // of a zip's table of contents, beside the name
  private static final long MAX_UNFOLDING = 20;
  private static final long ALWAYS_ALLOWED = 1L << 30;

  private final ArchiveLimits limits;
  private final BooleanSupplier wanted;
  private final Set<String> names = new HashSet<>();
  private long directoryBytes;
  private long allowed;

  public TarGz(ArchiveLimits limits) {
    this(limits, () -> true);
  }

  /**
   * @param wanted asked again and again, for it may take minutes
   */
  public TarGz(ArchiveLimits limits, BooleanSupplier wanted) {
    this.limits = limits;
    this.wanted = wanted;
  }

  /**
   * @param zip a path that is not there yet
   * @throws ArchiveException when it is no tar.gz, is broken, or exceeds a limit
   * @throws InterruptedIOException when it is no longer wanted
   */
  public void repack(Path tarGz, Path zip) throws IOException {
    allowed = ALWAYS_ALLOWED + MAX_UNFOLDING * Files.size(tarGz);
    try (ZipOutputStream out =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(zip), 1 << 16))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(
              new GZIPInputStream(Files.newInputStream(tarGz), 1 << 16), "UTF-8")) {
        for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
          if (entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
            copy(entry, tar, out);
          }
        }
      }
      if (names.isEmpty()) {
        throw new ArchiveException("The gzip file holds no tar archive with files in it");
      }
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw broken(e);
    }
  }

  private static @org.jspecify.annotations.Nullable TarArchiveEntry next(TarArchiveInputStream tar)
      throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw broken(e);
    }
  }

  private void copy(TarArchiveEntry entry, TarArchiveInputStream tar, ZipOutputStream zip)
      throws IOException {
    String name = entry.getName();
    directoryBytes += ENTRY_BYTES + 3L * name.length();
    if (names.size() >= limits.maxEntries() || directoryBytes > limits.maxDirectoryBytes()) {
      throw new ArchiveException("The tar.gz archive has more entries than are taken");
    }
    if (!names.add(name)) {
      return; // a tar may hold several states of a file; the first one is as good as any
    }
    zip.putNextEntry(new ZipEntry(name));
    byte[] buffer = new byte[1 << 16];
    for (int n = read(tar, buffer); n >= 0; n = read(tar, buffer)) {
      if (!wanted.getAsBoolean()) {
        throw new InterruptedIOException("Nobody wants it any more");
      }
      allowed -= n;
      if (allowed < 0) {
        throw new ArchiveException("The tar.gz archive unfolds to far more than its own size");
      }
      zip.write(buffer, 0, n);
    }
    zip.closeEntry();
  }

  private static int read(InputStream tar, byte[] buffer) throws IOException {
    try {
      return tar.read(buffer);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static ArchiveException broken(Exception e) {
    return new ArchiveException("The tar.gz archive is broken: " + e.getMessage());
  }
}
