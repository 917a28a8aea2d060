package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.listing.Labels;
import dev.trainyard.tfrecord.ImageFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers in TFRecord files mean: by a labels file, or by the text that stands beside
 * them, or, for want of one, the number itself.
 */
final class RecordLabels {

  private static final int MOST = 100_000;

  private final @Nullable List<String> file;
  private final Map<Integer, String> names = new HashMap<>();
  private int last;

  /**
   * @param file in the order of their numbers; null without such a file
   */
  RecordLabels(@Nullable List<String> file) {
    this.file = file;
    this.last = file == null ? 0 : file.size();
  }

  /** What is wrong with a record's label, or null. */
  @Nullable String fault(ImageFields record) {
    int most = file == null ? MOST : file.size();
    if (record.label() < 1 || record.label() > most) {
      return "its label %d is not from 1 to %d".formatted(record.label(), most);
    }
    int number = (int) record.label();
    String text = record.synset() == null ? "" : Labels.normal(record.synset());
    if (!text.isEmpty() && Labels.fault(text) == null) {
      String known = file == null ? names.putIfAbsent(number, text) : (String) file.get(number - 1);
      if (known != null && !known.equals(text)) {
        return "its label %d is '%s' elsewhere, '%s' here".formatted(number, known, text);
      }
    }
    last = Math.max(last, number);
    return null;
  }

  /** By number, from 1. */
  List<String> labels() {
    return file != null
        ? file
        : java.util.stream.IntStream.rangeClosed(1, last)
            .mapToObj(number -> names.getOrDefault(number, Integer.toString(number)))
            .toList();
  }
}
