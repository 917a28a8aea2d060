package dev.trainyard.dataset.listing;

import org.jspecify.annotations.Nullable;

/** How an archive says which image has which label. Names are normal names of entries. */
public sealed interface Layout {

  /** A folder for each class, perhaps all within one more folder. */
  record Folders() implements Layout {}

  /**
   * Rows {@code image-path,label}.
   *
   * @param train the only CSV file, or that of the training images
   * @param validation that of the validation images; null when the split is still to be made
   * @param labels one label a line; null when the labels are those of the rows
   */
  record Csv(String train, @Nullable String validation, @Nullable String labels)
      implements Layout {}

  /** Whether the archive itself makes the split. */
  default boolean splits() {
    return this instanceof Csv csv && csv.validation() != null;
  }
}
