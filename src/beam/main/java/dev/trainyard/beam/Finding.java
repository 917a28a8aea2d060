package dev.trainyard.beam;

import dev.trainyard.dataset.convert.Inspection;
import dev.trainyard.dataset.listing.BadRecord;
import dev.trainyard.dataset.listing.BadRecords;
import dev.trainyard.dataset.listing.Listing;
import dev.trainyard.dataset.listing.TooManyBadRecordsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a machine has found out; one of the three is there.
 *
 * @param place of the usable image in the listing
 */
record Finding(
    @Nullable Head head, int place, Inspection.@Nullable Usable usable, @Nullable BadRecord bad) {

  /** What the listing says as a whole. */
  record Head(List<String> labels, int images, boolean splits) {}

  /**
   * What is known when every image has been looked at.
   *
   * @param usable in the order of the listing
   * @param bad by file and row
   */
  record All(Head head, List<Inspection.Usable> usable, List<BadRecord> bad) {}

  static Finding of(Listing listing, boolean splits) {
    Head head = new Head(listing.labels(), listing.images().size(), splits);
    return new Finding(head, 0, null, null);
  }

  static Finding of(int place, Inspection.Usable usable) {
    return new Finding(null, place, usable, null);
  }

  static Finding of(BadRecord bad) {
    return new Finding(null, 0, null, bad);
  }

  /** Puts together what came in any order. */
  static All all(Iterable<Finding> some) throws TooManyBadRecordsException {
    BadRecords bad = new BadRecords(Integer.MAX_VALUE);
    List<Finding> images = new ArrayList<>();
    Head head = new Head(List.of(), 0, false);
    for (Finding one : some) {
      if (one.head() != null) {
        head = one.head();
      } else if (one.bad() != null) {
        bad.add(one.bad());
      } else {
        images.add(one);
      }
    }
    images.sort(Comparator.comparingInt(Finding::place));
    List<Inspection.Usable> usable = new ArrayList<>(images.size());
    for (Finding one : images) {
      if (one.usable() != null) {
        usable.add(one.usable());
      }
    }
    return new All(head, usable, bad.sorted());
  }
}
