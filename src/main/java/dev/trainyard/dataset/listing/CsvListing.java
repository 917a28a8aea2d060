package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.Archive;
import dev.trainyard.dataset.archive.ArchiveEntry;
import dev.trainyard.dataset.archive.ArchiveException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Images that CSV rows {@code image-path,label} name. */
final class CsvListing {

  private static final Set<String> IMAGE_HEADINGS =
      Set.of("image", "image-path", "image_path", "imagepath", "path", "file", "filename", "uri");
  private static final Set<String> LABEL_HEADINGS = Set.of("label", "labels", "class", "category");

  private record Found(ArchiveEntry entry, String label, String csv, long row, Split split) {}

  private final Archive archive;
  private final Contents contents;
  private final Layout.Csv layout;
  private final BadRecords bad;
  private final List<Found> found = new ArrayList<>();
  private final Set<ArchiveEntry> used = new HashSet<>();

  CsvListing(Archive archive, Contents contents, Layout.Csv layout, BadRecords bad) {
    this.archive = archive;
    this.contents = contents;
    this.layout = layout;
    this.bad = bad;
  }

  Listing list() throws IOException, TooManyBadRecordsException {
    Set<String> known = layout.labels() == null ? null : readLabels(layout.labels());
    readRows(layout.train(), Split.TRAIN, known);
    if (layout.validation() != null) {
      readRows(layout.validation(), Split.VALIDATION, known);
    }
    List<String> labels =
        Labels.sorted(known != null ? known : found.stream().map(Found::label).distinct().toList());
    Map<String, Integer> index = new HashMap<>();
    labels.forEach(label -> index.put(label, index.size()));
    List<ListedImage> images = new ArrayList<>(found.size());
    for (Found one : found) {
      images.add(
          new ListedImage(
              one.entry(),
              index.getOrDefault(one.label(), 0),
              one.csv(),
              one.row(),
              layout.splits() ? one.split() : null));
    }
    return new Listing(labels, images);
  }

  private Set<String> readLabels(String file) throws IOException, TooManyBadRecordsException {
    byte[] lines = archive.read(stored(file));
    return new HashSet<>(Labels.read(new ByteArrayInputStream(lines), file, bad));
  }

  private void readRows(String csv, Split split, @Nullable Set<String> known)
      throws IOException, TooManyBadRecordsException {
    ImagePaths paths = new ImagePaths(contents, csv);
    try (CsvReader rows = new CsvReader(archive.open(stored(csv)))) {
      boolean first = true;
      for (CsvReader.Row row = rows.next(); row != null; row = rows.next()) {
        if (!first || !isHeader(row.fields())) {
          String fault = take(row, paths, csv, split, known);
          if (fault != null) {
            bad.add(new BadRecord(csv, row.line(), fault));
          }
        }
        first = false;
      }
    }
  }

  /** What is wrong with the row, or null. */
  private @Nullable String take(
      CsvReader.Row row, ImagePaths paths, String csv, Split split, @Nullable Set<String> known) {
    if (row.fields().size() != 2) {
      return "has %d fields; image-path,label are 2".formatted(row.fields().size());
    }
    String path = row.fields().get(0);
    String label = Labels.normal(row.fields().get(1));
    String fault = Labels.fault(label);
    if (fault != null) {
      return fault;
    }
    if (known != null && !known.contains(label)) {
      return "the label '" + label + "' is not in the labels file";
    }
    ArchiveEntry entry = paths.find(path);
    if (entry == null) {
      return "'" + path + "' is not in the " + archive.noun();
    }
    if (!used.add(entry)) {
      return "'" + path + "' is listed twice; the first row counts";
    }
    found.add(new Found(entry, label, csv, row.line(), split));
    return null;
  }

  private String stored(String normalName) throws ArchiveException {
    ArchiveEntry entry = contents.find(normalName);
    if (entry == null) {
      throw new ArchiveException("'" + normalName + "' is not in the " + archive.noun());
    }
    return entry.name();
  }

  private static boolean isHeader(List<String> fields) {
    return fields.size() == 2
        && IMAGE_HEADINGS.contains(fields.get(0).strip().toLowerCase(Locale.ROOT))
        && LABEL_HEADINGS.contains(fields.get(1).strip().toLowerCase(Locale.ROOT));
  }
}
