package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.ArchiveEntry;
import dev.trainyard.dataset.archive.EntryNames;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entries that a CSV file means. Its paths may be those of the machine that it was made
 * on: {@code gs://bucket/flowers/daisy/1.jpg} finds {@code daisy/1.jpg}.
 */
final class ImagePaths {

  /** No operating system has a longer one; each of its folders is looked for by itself. */
  private static final int LONGEST = 4096;

  private final Contents contents;
  private final String folder;

  ImagePaths(Contents contents, String csv) {
    this.contents = contents;
    String parent = EntryNames.folder(csv);
    this.folder = parent.isEmpty() ? "" : parent + "/";
  }

  /** The longest end of {@code path} that is an entry, counted from the top or the CSV's folder. */
  @Nullable ArchiveEntry find(String path) {
    if (path.length() > LONGEST) {
      return null;
    }
    String rest = EntryNames.normal(path.strip());
    while (true) {
      ArchiveEntry entry = contents.find(rest);
      if (entry == null && !folder.isEmpty()) {
        entry = contents.find(folder + rest);
      }
      int slash = rest.indexOf('/');
      if (entry != null || slash < 0) {
        return entry;
      }
      rest = rest.substring(slash + 1);
    }
  }
}
