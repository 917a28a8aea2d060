package dev.trainyard.model.archive;

import dev.trainyard.model.integrity.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Packs files so that the same files give the same bytes: entries in the order given, every time
 * stamp 1980-01-01 (the earliest that a zip can hold), no owner, one mode.
 */
final class ArchiveWriter {

  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final long EPOCH_MILLIS = 315_532_800_000L;
  private static final int MODE = 0100644;

  private ArchiveWriter() {}

  /**
   * @param prefix of every entry's name, like {@code 3/}
   * @param files digests by path below {@code folder}, with slashes
   * @throws DamagedFileException when a file does not have its digest; what was written is void
   */
  static void write(
      ArchiveFormat format, OutputStream out, String prefix, Path folder, Map<String, String> files)
      throws IOException {
    switch (format) {
      case ZIP -> zip(out, prefix, folder, files);
      case TAR_GZ -> tarGz(out, prefix, folder, files);
    }
  }

  private static void zip(OutputStream out, String prefix, Path folder, Map<String, String> files)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16))) {
      zip.setMethod(ZipOutputStream.STORED);
      for (String path : files.keySet()) {
        Path file = folder.resolve(path);
        ZipEntry entry = new ZipEntry(prefix + path);
        entry.setTimeLocal(EPOCH);
        entry.setSize(Files.size(file));
        entry.setCrc(crc32(file));
        zip.putNextEntry(entry);
        copy(file, zip, path, files);
        zip.closeEntry();
      }
    }
  }

  private static void tarGz(OutputStream out, String prefix, Path folder, Map<String, String> files)
      throws IOException {
    GzipParameters gzip = new GzipParameters();
    gzip.setCompressionLevel(Deflater.BEST_SPEED);
    gzip.setOperatingSystem(255); // unknown
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(
            new GzipCompressorOutputStream(new BufferedOutputStream(out, 1 << 16), gzip))) {
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String path : files.keySet()) {
        Path file = folder.resolve(path);
        TarArchiveEntry entry = new TarArchiveEntry(prefix + path);
        entry.setModTime(EPOCH_MILLIS);
        entry.setMode(MODE);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setSize(Files.size(file));
        tar.putArchiveEntry(entry);
        copy(file, tar, path, files);
        tar.closeArchiveEntry();
      }
    }
  }

  private static void copy(Path file, OutputStream out, String path, Map<String, String> files)
      throws IOException {
    if (!Sha256.copy(file, out).equals(files.get(path))) {
      throw new DamagedFileException(path);
    }
  }

  private static long crc32(Path file) throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        crc.update(buffer, 0, n);
      }
    }
    return crc.getValue();
  }
}
