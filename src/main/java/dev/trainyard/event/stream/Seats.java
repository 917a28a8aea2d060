package dev.trainyard.event.stream;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;

/** Places for those who listen: so many in all, and so many for one caller. */
final class Seats {

  private static final int RETRY_SECONDS = 5;

  private final int all;
  private final int each;
  private final Map<String, Integer> taken = new HashMap<>();
  private int sum;
  private boolean closed;

  Seats(int all, int each) {
    this.all = all;
    this.each = each;
  }

  /**
   * @throws ProblemException TOO_MANY_REQUESTS, when there is none
   */
  synchronized void take(String caller) {
    if (closed) {
      throw none("This process is about to end.");
    }
    if (sum >= all) {
      throw none("%d clients listen already, which is trainyard.events.listeners.".formatted(all));
    }
    if (taken.getOrDefault(caller, 0) >= each) {
      throw none(
          "This caller listens %d times already, which is trainyard.events.listeners-per-caller."
              .formatted(each));
    }
    taken.merge(caller, 1, Integer::sum);
    sum++;
  }

  synchronized void free(String caller) {
    taken.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    sum--;
  }

  /** There are none any more. */
  synchronized void close() {
    closed = true;
  }

  private static ProblemException none(String message) {
    return new ProblemException(Problem.TOO_MANY_REQUESTS, message).retryAfter(RETRY_SECONDS);
  }
}
