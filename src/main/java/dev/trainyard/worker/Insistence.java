package dev.trainyard.worker;

import dev.trainyard.problem.DatabaseUnavailable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Says what a database that is away does not hear, until it is back. A trainer whose reports wait
 * goes on until its pipe is full, and then waits too.
 */
final class Insistence {

  private static final Logger LOG = LoggerFactory.getLogger(Insistence.class);
  private static final long PAUSE_MILLIS = 500;

  private Insistence() {}

  /**
   * @param word false when it came too late to count
   * @param pointless ends it: nobody wants to know any more
   * @return what the word did; false when it was never heard
   */
  static boolean say(Supplier<Boolean> word, BooleanSupplier pointless)
      throws InterruptedException {
    return say(word, pointless, DatabaseUnavailable::isBehind);
  }

  /** Says the last word of an attempt: whatever the database has against it, it must be heard. */
  static void sayLast(Supplier<Boolean> word) throws InterruptedException {
    say(
        word,
        () -> false,
        e -> e instanceof DataAccessException || e instanceof TransactionException);
  }

  private static boolean say(
      Supplier<Boolean> word, BooleanSupplier pointless, Predicate<RuntimeException> again)
      throws InterruptedException {
    for (boolean first = true; !pointless.getAsBoolean(); first = false) {
      try {
        return word.get();
      } catch (RuntimeException e) {
        if (!again.test(e)) {
          throw e;
        }
        if (first) {
          LOG.warn("The database does not answer; a report waits for it: {}", e.toString());
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
    return false;
  }
}
