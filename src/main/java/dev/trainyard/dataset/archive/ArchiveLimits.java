package dev.trainyard.dataset.archive;

/**
 * What an archive may cost.
 *
 * @param maxEntries files in it
 * @param maxEntryBytes of one file, unpacked
 * @param maxDirectoryBytes of its table of contents, which is held in memory
 * @param maxTotalBytes of all files, unpacked
 * @param maxRatio of these and its own size, from {@value #ALWAYS_ALLOWED} bytes on
 */
public record ArchiveLimits(
    int maxEntries, long maxEntryBytes, long maxDirectoryBytes, long maxTotalBytes, int maxRatio) {

  /** A small archive may unfold to so much whatever its ratio: it does no harm. */
  private static final long ALWAYS_ALLOWED = 1L << 30;

  private static final int USUAL_RATIO = 20;

  public ArchiveLimits(int maxEntries, long maxEntryBytes, long maxDirectoryBytes) {
    this(maxEntries, maxEntryBytes, maxDirectoryBytes, 1L << 40, USUAL_RATIO);
  }

  /** Bytes that an archive of that size may unfold to. */
  long unfolded(long archiveBytes) {
    long byRatio =
        archiveBytes > maxTotalBytes / maxRatio ? maxTotalBytes : archiveBytes * maxRatio;
    return Math.min(maxTotalBytes, Math.max(ALWAYS_ALLOWED, byRatio));
  }

  void requireUnfolded(String what, long bytes, long archiveBytes) throws ArchiveException {
    if (bytes < 0 || bytes > maxTotalBytes) {
      throw new ArchiveException(
          "%s unfolds to more than %,d bytes (trainyard.dataset.max-unpacked-size)"
              .formatted(what, maxTotalBytes));
    }
    if (bytes > unfolded(archiveBytes)) {
      throw new ArchiveException(
          "%s unfolds to more than %d times its own size (trainyard.dataset.max-archive-ratio)"
              .formatted(what, maxRatio));
    }
  }

  ArchiveException tooManyEntries(String what, long entries) {
    return new ArchiveException(
        "%s has %d entries; up to %d are taken (trainyard.dataset.max-archive-entries)"
            .formatted(what, entries, maxEntries));
  }

  void requireEntry(long bytes) throws ArchiveException {
    if (bytes < 0 || bytes > maxEntryBytes) {
      throw new ArchiveException(
          "has %s bytes; up to %d are taken (trainyard.dataset.max-image-size)"
              .formatted(Long.toUnsignedString(bytes), maxEntryBytes));
    }
  }
}
