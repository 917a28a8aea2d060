package dev.trainyard.dataset.listing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects bad records up to a limit. Safe for concurrent use. */
public final class BadRecords {

  private static final Comparator<BadRecord> ORDER =
      Comparator.comparing(BadRecord::file)
          .thenComparing(r -> r.row() == null ? 0 : r.row())
          .thenComparing(BadRecord::reason);

  private final int limit;
  private final List<BadRecord> records = new ArrayList<>();

  public BadRecords(int limit) {
    this.limit = limit;
  }

  /**
   * @throws TooManyBadRecordsException when this is one more than the limit
   */
  public synchronized void add(BadRecord bad) throws TooManyBadRecordsException {
    records.add(bad);
    if (records.size() > limit) {
      throw new TooManyBadRecordsException(limit, sorted().get(0));
    }
  }

  /** By file and row, whatever order they were found in. */
  public synchronized List<BadRecord> sorted() {
    return records.stream().sorted(ORDER).toList();
  }
}
