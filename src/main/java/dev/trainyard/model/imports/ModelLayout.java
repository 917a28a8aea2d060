package dev.trainyard.model.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which files a SavedModel has; a name that is none of theirs never becomes a path. */
final class ModelLayout {

  static final String GRAPH = "saved_model.pb";

  private static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  private static final Pattern FILES =
      Pattern.compile(
          "saved_model\\.pb|fingerprint\\.pb|keras_metadata\\.pb"
              + "|variables/variables\\.index"
              + "|variables/variables\\.data-\\d{5}-of-\\d{5}"
              + "|assets/"
              + PLAIN
              + "|assets\\.extra/"
              + PLAIN);

  private ModelLayout() {}

  /** Segments of an entry's name, without those that mean the same folder. */
  static List<String> segments(String name) {
    return Arrays.stream(name.split("/", -1))
        .filter(segment -> !segment.isEmpty() && !segment.equals("."))
        .toList();
  }

  /** What operating systems leave behind. */
  static boolean isClutter(List<String> segments) {
    return segments.stream()
        .anyMatch(
            it ->
                it.equals("__MACOSX")
                    || it.equals(".DS_Store")
                    || it.startsWith("._")
                    || it.toLowerCase(Locale.ROOT).equals("thumbs.db"));
  }

  /**
   * The path in the model's folder.
   *
   * @param outer folders that the archive has the model in, 0 or 1
   * @return nothing when a SavedModel has no such file
   */
  static Optional<String> file(List<String> segments, int outer) {
    if (segments.size() <= outer) {
      return Optional.empty();
    }
    String path = String.join("/", segments.subList(outer, segments.size()));
    return FILES.matcher(path).matches() ? Optional.of(path) : Optional.empty();
  }
}
