package dev.trainyard.dataset.report;

import dev.trainyard.dataset.image.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds equal fingerprints in 24 bytes each: what is sorted are numbers with the upper bits of a
 * fingerprint and the image's place in the lower ones, so that candidates stand together.
 */
final class FingerprintGroups {

  private final long[] high;
  private final long[] low;
  private int size;

  /**
   * @param most fingerprints that will be added
   */
  FingerprintGroups(int most) {
    this.high = new long[most];
    this.low = new long[most];
  }

  void add(Fingerprint fingerprint) {
    high[size] = fingerprint.high();
    low[size] = fingerprint.low();
    size++;
  }

  /** Places of equal ones, two or more, in order; by their first. */
  List<int[]> groups() {
    long place = (1L << Integer.SIZE - Integer.numberOfLeadingZeros(size)) - 1;
    long[] sorted = new long[size];
    Arrays.setAll(sorted, i -> high[i] & ~place | i);
    Arrays.sort(sorted);
    List<int[]> groups = new ArrayList<>();
    for (int from = 0, to; from < size; from = to) {
      to = from + 1;
      while (to < size && (sorted[to] & ~place) == (sorted[from] & ~place)) {
        to++;
      }
      if (to - from > 1) {
        addGroups(Arrays.stream(sorted, from, to).mapToInt(key -> (int) (key & place)), groups);
      }
    }
    groups.sort(Comparator.comparingInt(group -> group[0]));
    return groups;
  }

  private void addGroups(IntStream candidates, List<int[]> groups) {
    Map<Fingerprint, List<Integer>> equal =
        candidates
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> new Fingerprint(high[i], low[i]), TreeMap::new, Collectors.toList()));
    for (List<Integer> group : equal.values()) {
      if (group.size() > 1) {
        groups.add(group.stream().mapToInt(i -> i).toArray());
      }
    }
  }
}
