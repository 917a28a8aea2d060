package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.EntryNames;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entries that an upload names; what it leaves out is found by usual names.
 *
 * @param trainCsv entry with the rows of the training images, or all rows
 * @param validationCsv entry with the rows of the validation images
 * @param labelsFile entry with one label a line
 */
public record LayoutRequest(
    @Nullable String trainCsv, @Nullable String validationCsv, @Nullable String labelsFile)
    implements Serializable {

  private static final Pattern TRAIN = Pattern.compile("train.*\\.csv", Pattern.CASE_INSENSITIVE);
  private static final Pattern VALIDATION =
      Pattern.compile("(eval|validation|val|test).*\\.csv", Pattern.CASE_INSENSITIVE);

  /**
   * @throws LayoutException when a named entry is not there, or the CSV files are ambiguous
   */
  public Layout choose(Contents contents) throws LayoutException {
    String labels = named("labelsFile", labelsFile, contents);
    if (trainCsv != null) {
      String train = required("trainCsv", trainCsv, contents);
      return csv(train, named("validationCsv", validationCsv, contents), labels, contents);
    }
    if (validationCsv != null) {
      throw new LayoutException("trainCsv", "is required when validationCsv is given");
    }
    Layout.Records records = RecordFiles.find(contents, labels == null ? usual(contents) : labels);
    if (records != null) {
      return records;
    }
    List<String> csvs = atTheTop(contents).filter(EntryNames::looksLikeCsv).toList();
    if (csvs.isEmpty()) {
      return new Layout.Folders();
    }
    if (csvs.size() == 1) {
      return csv(csvs.get(0), null, labels, contents);
    }
    List<String> train = matching(csvs, TRAIN);
    List<String> validation = matching(csvs, VALIDATION);
    if (train.size() != 1 || validation.size() != 1) {
      throw new LayoutException(
          "trainCsv", "is required, because the archive has several CSV files: " + few(csvs));
    }
    return csv(train.get(0), validation.get(0), labels, contents);
  }

  private static Layout csv(
      String train, @Nullable String validation, @Nullable String labels, Contents contents) {
    return new Layout.Csv(train, validation, labels == null ? usual(contents) : labels);
  }

  private static @Nullable String usual(Contents contents) {
    return atTheTop(contents)
        .filter(n -> EntryNames.baseName(n).equalsIgnoreCase("labels.txt"))
        .findFirst()
        .orElse(null);
  }

  private static List<String> matching(List<String> names, Pattern pattern) {
    return names.stream().filter(n -> pattern.matcher(EntryNames.baseName(n)).matches()).toList();
  }

  /** At most one folder deep. */
  private static java.util.stream.Stream<String> atTheTop(Contents contents) {
    return contents.entries().keySet().stream().filter(n -> n.indexOf('/') == n.lastIndexOf('/'));
  }

  private static @Nullable String named(String field, @Nullable String name, Contents contents)
      throws LayoutException {
    return name == null ? null : required(field, name, contents);
  }

  private static String required(String field, String name, Contents contents)
      throws LayoutException {
    String normal = EntryNames.normal(name);
    if (contents.find(normal) != null) {
      return normal;
    }
    List<String> sameBase =
        contents.entries().keySet().stream()
            .filter(n -> EntryNames.baseName(n).equals(normal))
            .limit(2)
            .toList();
    if (sameBase.size() == 1) {
      return sameBase.get(0);
    }
    throw new LayoutException(
        field,
        sameBase.isEmpty()
            ? "'" + name + "' is not in the archive"
            : "'" + name + "' is in several folders: " + few(sameBase));
  }

  private static String few(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(5, names.size())))
        + (names.size() > 5 ? ", ..." : "");
  }
}
