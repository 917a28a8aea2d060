package dev.trainyard.dataset.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks a tar.gz to the tar that is in it: a dataset's images are read in another order than they
 * were packed in, which a tar.gz does not allow.
 */
public final class TarGz {

  private static final String WHAT = "The tar.gz archive";

  private final ArchiveLimits limits;
  private final BooleanSupplier wanted;

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
   * @param tar a path that is not there yet
   * @throws ArchiveException when it is no tar.gz, is broken, or exceeds a limit
   * @throws InterruptedIOException when it is no longer wanted
   */
  public void unpack(Path tarGz, Path tar) throws IOException {
    long packed = Files.size(tarGz);
    long unfolded = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(Files.newInputStream(tarGz), 1 << 16);
        OutputStream out = Files.newOutputStream(tar)) {
      for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
        if (!wanted.getAsBoolean()) {
          throw new InterruptedIOException("Nobody wants it any more");
        }
        unfolded += n;
        limits.requireUnfolded(WHAT, unfolded, packed);
        out.write(buffer, 0, n);
      }
    } catch (ZipException | EOFException e) {
      throw broken(e);
    }
    if (!TarHeader.begins(Archive.start(tar))) {
      throw new ArchiveException("The gzip file holds no tar archive with files in it");
    }
  }

  private static int read(InputStream in, byte[] buffer) throws IOException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static ArchiveException broken(Exception e) {
    return new ArchiveException("The tar.gz archive is broken: " + e.getMessage());
  }
}
