package dev.trainyard.storage;

import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * The room on the data folder's disk. All processes that share the folder see the same, so each
 * looks for itself.
 */
@Component
public class DiskSpace {

  private final Path root;
  private final long reserve;

  DiskSpace(StorageProperties properties) {
    this.root = properties.dataDir();
    this.reserve = properties.minFreeSpace().toBytes();
  }

  /** Bytes that this process could write. */
  public long free() {
    return root.toFile().getUsableSpace();
  }

  /** Bytes that nothing large may take: {@code trainyard.min-free-space}. */
  public long reserve() {
    return reserve;
  }

  /** Whether nothing large may be begun. */
  public boolean isLow() {
    return !hasRoomFor(0);
  }

  /** Whether the reserve is still there when so many bytes are written. */
  public boolean hasRoomFor(long bytes) {
    return free() - reserve >= bytes;
  }
}
