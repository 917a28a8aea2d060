package dev.trainyard.dataset.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip: its table of contents is in memory, its entries are read where they are. */
final class ZipArchive implements Archive {

  private final ZipFile zip;
  private final ArchiveLimits limits;

  private ZipArchive(ZipFile zip, ArchiveLimits limits) {
    this.zip = zip;
    this.limits = limits;
  }

  /**
   * @throws ArchiveException when it is no zip, ends too early, is encrypted, or exceeds a limit
   */
  static ZipArchive open(Path file, ArchiveLimits limits) throws IOException {
    ZipDirectory directory = ZipDirectory.read(file);
    if (directory.entries() < 0 || directory.entries() > limits.maxEntries()) {
      throw new ArchiveException(
          "The archive has %d entries; up to %d are taken"
              .formatted(directory.entries(), limits.maxEntries()));
    }
    if (directory.bytes() < 0 || directory.bytes() > limits.maxDirectoryBytes()) {
      throw new ArchiveException(
          "The archive's table of contents has %d bytes; this service has memory for %d"
              .formatted(directory.bytes(), limits.maxDirectoryBytes()));
    }
    return new ZipArchive(openZip(file), limits);
  }

  private static ZipFile openZip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    } catch (ZipException e) {
      if (String.valueOf(e.getMessage()).contains("bad entry name")) {
        // What zip programs wrote before they knew of Unicode.
        return new ZipFile(file.toFile(), Charset.forName("IBM437"));
      }
      throw new ArchiveException("The zip archive cannot be read: " + e.getMessage());
    }
  }

  @Override
  public List<ArchiveEntry> entries() {
    List<ArchiveEntry> entries = new ArrayList<>();
    zip.stream()
        .filter(entry -> !entry.isDirectory())
        .forEach(entry -> entries.add(new ArchiveEntry(entry.getName(), entry.getSize())));
    return entries;
  }

  @Override
  public byte[] read(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ArchiveException("is not in the archive");
    }
    if (entry.getSize() < 0 || entry.getSize() > limits.maxEntryBytes()) {
      throw new ArchiveException(
          "has %d bytes; up to %d are taken".formatted(entry.getSize(), limits.maxEntryBytes()));
    }
    byte[] bytes = unpack(entry);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (crc.getValue() != entry.getCrc()) {
      throw new ArchiveException("is damaged in the archive: its checksum does not fit");
    }
    return bytes;
  }

  private byte[] unpack(ZipEntry entry) throws IOException {
    byte[] bytes = new byte[(int) entry.getSize()];
    try (InputStream in = zip.getInputStream(entry)) {
      int length = in.readNBytes(bytes, 0, bytes.length);
      if (length < bytes.length || in.read() >= 0) {
        throw new ArchiveException("is damaged in the archive: its length does not fit");
      }
      return bytes;
    } catch (ZipException | EOFException e) {
      throw new ArchiveException("is damaged in the archive: " + e.getMessage());
    }
  }

  @Override
  public InputStream open(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new ArchiveException("'" + name + "' is not in the archive");
    }
    return zip.getInputStream(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
