package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.ArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * An image that is to become a record.
 *
 * @param label index in the listing's labels
 * @param source the CSV file that names it; null when its folder does
 * @param row of that file
 * @param split null when the split is still to be made
 */
public record ListedImage(
    ArchiveEntry entry, int label, @Nullable String source, long row, @Nullable Split split) {

  /** The record of its being set aside; {@code reason} is a phrase about the image. */
  public BadRecord bad(String reason) {
    return source == null
        ? new BadRecord(entry.name(), null, reason)
        : new BadRecord(source, row, "'" + entry.name() + "' " + reason);
  }

  /** The same with another label. */
  public ListedImage labelled(int other) {
    return new ListedImage(entry, other, source, row, split);
  }
}
