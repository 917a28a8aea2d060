package dev.trainyard.dataset.listing;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Class names: any text of one line. */
public final class Labels {

  /** Python's order of texts, which differs from Java's beyond the basic plane. */
  private static final Comparator<String> CODE_POINTS =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private Labels() {}

  /**
   * The labels of a file, one a line, in its order.
   *
   * @param bad takes the lines that are no labels, or that stand there already
   */
  public static List<String> read(InputStream file, String name, BadRecords bad)
      throws IOException, TooManyBadRecordsException {
    Set<String> labels = new LinkedHashSet<>();
    try (CsvReader lines = new CsvReader(file)) {
      for (CsvReader.Row row = lines.next(); row != null; row = lines.next()) {
        String label = normal(String.join(",", row.fields()));
        String fault = fault(label);
        if (fault == null) {
          labels.add(label);
        } else {
          bad.add(new BadRecord(name, row.line(), fault));
        }
      }
    }
    return List.copyOf(labels);
  }

  /** The labels that there were, each with the number that it has, and the new ones after them. */
  public static List<String> extended(List<String> known, Collection<String> more) {
    Set<String> all = new LinkedHashSet<>(known);
    all.addAll(sorted(more));
    return List.copyOf(all);
  }

  static List<String> sorted(Collection<String> labels) {
    TreeSet<String> sorted = new TreeSet<>(CODE_POINTS);
    sorted.addAll(labels);
    return List.copyOf(sorted);
  }

  /** Composed Unicode without space around it, so that equal looks are equal labels. */
  public static String normal(String label) {
    return Normalizer.normalize(label.strip(), Normalizer.Form.NFC);
  }

  /** What is wrong with a label, or null. */
  public static @Nullable String fault(String label) {
    if (label.isEmpty()) {
      return "the label is empty";
    }
    if (label.codePoints().anyMatch(Character::isISOControl)) {
      return "the label has a line break or another control character";
    }
    return label.indexOf('\uFFFD') >= 0 ? "the label is not in UTF-8" : null;
  }
}
