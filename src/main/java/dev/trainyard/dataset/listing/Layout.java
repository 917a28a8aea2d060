package dev.trainyard.dataset.listing;

import java.util.List;
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

  /**
   * TFRecord files, made elsewhere.
   *
   * @param train in the order of their names
   * @param validation the same; empty when the split is still to be made
   * @param labels one label a line, in the order of their numbers; null when the records say them
   */
  record Records(List<String> train, List<String> validation, @Nullable String labels)
      implements Layout {}

  /** Whether the archive itself makes the split. */
  default boolean splits() {
    return this instanceof Csv csv && csv.validation() != null
        || this instanceof Records records && !records.validation().isEmpty();
  }
}
