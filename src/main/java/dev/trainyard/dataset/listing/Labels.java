package dev.trainyard.dataset.listing;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Class names: any text of one line. */
final class Labels {

  /** Python's order of texts, which differs from Java's beyond the basic plane. */
  private static final Comparator<String> CODE_POINTS =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private Labels() {}

  static List<String> sorted(Collection<String> labels) {
    TreeSet<String> sorted = new TreeSet<>(CODE_POINTS);
    sorted.addAll(labels);
    return List.copyOf(sorted);
  }

  /** Composed Unicode without space around it, so that equal looks are equal labels. */
  static String normal(String label) {
    return Normalizer.normalize(label.strip(), Normalizer.Form.NFC);
  }

  /** What is wrong with a label, or null. */
  static @Nullable String fault(String label) {
    if (label.isEmpty()) {
      return "the label is empty";
    }
    if (label.codePoints().anyMatch(Character::isISOControl)) {
      return "the label has a line break or another control character";
    }
    return label.indexOf('\uFFFD') >= 0 ? "the label is not in UTF-8" : null;
  }
}
