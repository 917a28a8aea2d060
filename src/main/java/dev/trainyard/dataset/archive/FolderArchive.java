package dev.trainyard.dataset.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * A folder that somebody else may be writing to. Only names that were found in it are ever opened;
 * what is not the same when it is read again has changed, and is refused.
 */
final class FolderArchive implements Archive {

  private final Path folder;
  private final Path bounds;
  private final List<ArchiveEntry> entries;
  private final ArchiveLimits limits;
  private final Map<String, Integer> seen = new ConcurrentHashMap<>();

  private FolderArchive(
      Path folder, Path bounds, List<ArchiveEntry> entries, ArchiveLimits limits) {
    this.folder = folder;
    this.bounds = bounds;
    this.entries = entries;
    this.limits = limits;
  }

  static FolderArchive open(Path folder, Path bounds, ArchiveLimits limits) throws IOException {
    return new FolderArchive(folder, bounds, FolderWalk.list(folder, bounds, limits), limits);
  }

  @Override
  public List<ArchiveEntry> entries() {
    return entries;
  }

  @Override
  public byte[] read(String name) throws IOException {
    byte[] bytes;
    try (SeekableByteChannel channel = channel(name)) {
      bytes = read(channel);
    } catch (IOException e) {
      throw refused(e);
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    Integer before = seen.putIfAbsent(name, (int) crc.getValue());
    if (before != null && before != (int) crc.getValue()) {
      throw new ArchiveException("has changed while it was read");
    }
    return bytes;
  }

  private byte[] read(SeekableByteChannel channel) throws IOException {
    long size = channel.size();
    limits.requireEntry(size);
    ByteBuffer bytes = ByteBuffer.allocate((int) size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new ArchiveException("has changed while it was read");
      }
    }
    return bytes.array();
  }

  /** Up to its end, however far that is by now. */
  @Override
  public InputStream open(String name) throws IOException {
    try {
      return Channels.newInputStream(channel(name));
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private SeekableByteChannel channel(String name) throws IOException {
    Path real = folder.resolve(name).toRealPath();
    if (!real.startsWith(bounds)) {
      throw new ArchiveException("is a link that leads out of the folder");
    }
    return Descent.open(bounds, bounds.relativize(real));
  }

  private static ArchiveException refused(IOException e) {
    if (e instanceof ArchiveException known) {
      return known;
    }
    if (e instanceof NoSuchFileException) {
      return new ArchiveException("is no longer in the folder");
    }
    if (e instanceof AccessDeniedException) {
      return new ArchiveException("cannot be read: the service is not allowed to");
    }
    return new ArchiveException("cannot be read: " + e.getClass().getSimpleName());
  }

  @Override
  public String noun() {
    return "folder";
  }

  @Override
  public void close() {
    // Each file is closed when it has been read.
  }
}
