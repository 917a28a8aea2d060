package dev.trainyard.event.stream;

import dev.trainyard.event.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest events, once for all listeners of a process.
 *
 * @param from the place before the first of them
 * @param to the place of the last, or that from which on there is none
 */
record Recent(long from, List<Event> events, long to) {

  private static final int MOST = 1000;

  static Recent none(long place) {
    return new Recent(place, List.of(), place);
  }

  /** With what follows; what is too old is left out. */
  Recent and(List<Event> more, long upTo) {
    List<Event> all = new ArrayList<>(events);
    all.addAll(more);
    int surplus = Math.max(0, all.size() - MOST);
    return new Recent(
        surplus == 0 ? from : all.get(surplus - 1).place(),
        List.copyOf(all.subList(surplus, all.size())),
        upTo);
  }

  /** Those after a place, which is not before {@code from}. */
  List<Event> after(long place) {
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).place() <= place) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return events.subList(low, events.size());
  }
}
