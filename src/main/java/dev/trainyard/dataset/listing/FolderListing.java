package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.ArchiveEntry;
import dev.trainyard.dataset.archive.EntryNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Images in a folder for each class: {@code daisy/1.jpg}, or {@code flowers/daisy/1.jpg}. */
final class FolderListing {

  private record Found(ArchiveEntry entry, String label) {}

  private FolderListing() {}

  static Listing list(Contents contents, BadRecords bad) throws TooManyBadRecordsException {
    String wrapper = wrapper(contents);
    List<Found> found = new ArrayList<>();
    for (Map.Entry<String, ArchiveEntry> named : contents.entries().entrySet()) {
      String inside =
          named.getKey().startsWith(wrapper)
              ? named.getKey().substring(wrapper.length())
              : named.getKey();
      int slash = inside.indexOf('/');
      if (slash < 0 && !EntryNames.looksLikeImage(inside)) {
        continue; // a licence, a readme
      }
      String label = slash < 0 ? "" : Labels.normal(inside.substring(0, slash));
      String fault = fault(inside, slash, label);
      if (fault == null) {
        found.add(new Found(named.getValue(), label));
      } else {
        bad.add(new BadRecord(named.getValue().name(), null, fault));
      }
    }
    return listing(found);
  }

  private static @org.jspecify.annotations.Nullable String fault(
      String inside, int slash, String label) {
    if (slash < 0) {
      return "is in no class folder: put it in <class>/" + inside;
    }
    if (inside.indexOf('/', slash + 1) >= 0) {
      return "is too deep: images belong directly in the class folder";
    }
    return Labels.fault(label);
  }

  /** The one folder that holds everything, with its '/', or nothing. */
  private static String wrapper(Contents contents) {
    String wrapper = null;
    boolean deeper = false;
    for (String name : contents.entries().keySet()) {
      if (!EntryNames.looksLikeImage(name)) {
        continue;
      }
      String first = name.substring(0, name.indexOf('/') + 1);
      if (first.isEmpty() || wrapper != null && !wrapper.equals(first)) {
        return "";
      }
      wrapper = first;
      deeper |= name.indexOf('/', first.length()) >= 0;
    }
    return wrapper != null && deeper ? wrapper : "";
  }

  private static Listing listing(List<Found> found) {
    List<String> labels = Labels.sorted(found.stream().map(Found::label).distinct().toList());
    Map<String, Integer> index = new HashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    List<ListedImage> images = new ArrayList<>(found.size());
    for (Found one : found) {
      images.add(new ListedImage(one.entry(), index.getOrDefault(one.label(), 0), null, 0, null));
    }
    return new Listing(labels, images);
  }
}
