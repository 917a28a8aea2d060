package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.EntryNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds TFRecord files by what they are usually called. */
final class RecordFiles {

  private static final Pattern SHARD = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})");
  private static final Pattern PLAIN = Pattern.compile(".+\\.tfrecords?", Pattern.CASE_INSENSITIVE);
  private static final Pattern HELD_OUT =
      Pattern.compile("(eval|validation|val|test)([^a-z].*)?", Pattern.CASE_INSENSITIVE);

  private RecordFiles() {}

  static boolean looksLikeRecords(String normalName) {
    String name = EntryNames.baseName(normalName);
    return SHARD.matcher(name).matches() || PLAIN.matcher(name).matches();
  }

  /**
   * Null when there are none.
   *
   * @throws LayoutException when one of several shards is not there
   */
  static Layout.@Nullable Records find(Contents contents, @Nullable String labels)
      throws LayoutException {
    List<String> train = new ArrayList<>();
    List<String> validation = new ArrayList<>();
    for (String name : contents.entries().keySet()) {
      if (looksLikeRecords(name)) {
        (isHeldOut(name) ? validation : train).add(name);
      }
    }
    if (train.isEmpty() && validation.isEmpty()) {
      return null;
    }
    requireWhole(train);
    requireWhole(validation);
    return new Layout.Records(train, validation, labels);
  }

  /** By its own name, or that of the folder that it is in. */
  private static boolean isHeldOut(String name) {
    String folder = EntryNames.baseName(EntryNames.folder(name));
    return HELD_OUT.matcher(EntryNames.baseName(name)).matches()
        || HELD_OUT.matcher(folder.toLowerCase(Locale.ROOT)).matches();
  }

  private static void requireWhole(List<String> names) throws LayoutException {
    Map<String, Integer> found = new TreeMap<>();
    for (String name : names) {
      Matcher shard = SHARD.matcher(name);
      if (shard.matches()) {
        found.merge(shard.group(1) + "-?????-of-" + shard.group(3), 1, Integer::sum);
      }
    }
    for (Map.Entry<String, Integer> set : found.entrySet()) {
      int count = Integer.parseInt(set.getKey().substring(set.getKey().length() - 5));
      if (set.getValue() != count) {
        throw new LayoutException(
            "file", "has %d of the %d files %s".formatted(set.getValue(), count, set.getKey()));
      }
    }
  }
}
