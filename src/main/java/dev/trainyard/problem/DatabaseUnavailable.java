package dev.trainyard.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a database that is not there, or not for the moment, from one that was asked for something
 * wrong: by SQLSTATE, as the standard and PostgreSQL define it.
 */
public final class DatabaseUnavailable {

  /** No connection; no room, memory or connections left; shut down, crashed or starting up. */
  private static final Set<String> CLASSES = Set.of("08", "53");

  private static final Set<String> STATES =
      Set.of(
          "57P01", // it is being shut down
          "57P02", // it has crashed
          "57P03", // it is starting up
          "25P03", // this process stood still in the middle of a transaction
          "55P03", // somebody else has held the lock for too long
          "25006", // it is a standby that only answers questions
          "90098"); // H2 has closed it, because it could not write; the next connection opens it

  /**
   * The pool's words, all there is, when a connection that broke in a transaction is rolled back.
   * Its other word is a transient exception, after it has waited for a connection in vain.
   */
  private static final String CLOSED = "Connection is closed";

  private DatabaseUnavailable() {}

  /** Whether such a database is among the causes of a failure. */
  public static boolean isBehind(Throwable failure) {
    int depth = 0;
    for (@Nullable Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
      if (t instanceof SQLException sql
          && (sql instanceof SQLTransientConnectionException
              || CLOSED.equals(sql.getMessage())
              || DiskFull.isBehind(sql)
              || isUnavailable(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  static boolean isUnavailable(@Nullable String state) {
    return state != null
        && state.length() == 5
        && (CLASSES.contains(state.substring(0, 2)) || STATES.contains(state));
  }
}
