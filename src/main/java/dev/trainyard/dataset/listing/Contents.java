package dev.trainyard.dataset.listing;

import dev.trainyard.dataset.archive.ArchiveEntry;
import dev.trainyard.dataset.archive.EntryNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The entries of an archive under their normal names, without an operating system's clutter. */
public final class Contents {

  private final SortedMap<String, ArchiveEntry> entries = new TreeMap<>();
  private final List<BadRecord> bad = new ArrayList<>();

  public Contents(List<ArchiveEntry> all) {
    for (ArchiveEntry entry : all) {
      String name = EntryNames.normal(entry.name());
      if (name.isEmpty() || EntryNames.isClutter(name)) {
        continue;
      }
      if (EntryNames.climbs(name)) {
        bad.add(new BadRecord(entry.name(), null, "its name leads out of the archive ('..')"));
      } else if (entries.putIfAbsent(name, entry) != null) {
        bad.add(new BadRecord(entry.name(), null, "is in the archive twice; the first is used"));
      }
    }
  }

  /** Passes on what was set aside when the names were read. */
  public void report(BadRecords records) throws TooManyBadRecordsException {
    for (BadRecord record : bad) {
      records.add(record);
    }
  }

  /** By normal name, in order. */
  public SortedMap<String, ArchiveEntry> entries() {
    return Collections.unmodifiableSortedMap(entries);
  }

  public @Nullable ArchiveEntry find(String normalName) {
    return entries.get(normalName);
  }

  /** Whether a dataset can be in here at all, going by names. */
  public boolean holdsImagesOrCsv() {
    return entries.keySet().stream()
        .anyMatch(
            n ->
                EntryNames.looksLikeImage(n)
                    || EntryNames.looksLikeCsv(n)
                    || RecordFiles.looksLikeRecords(n));
  }
}
