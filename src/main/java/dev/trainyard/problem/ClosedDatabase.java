package dev.trainyard.problem;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the pool to let go of connections to a database that H2 has closed. H2 does that when it
 * cannot write, such as on a full disk, and opens it again for the next connection; but to the pool
 * the old ones seem to be alive, for they call themselves valid. Made by the pool, by name.
 */
public class ClosedDatabase implements SQLExceptionOverride {

  private static final int GENERAL_ERROR = 50000;
  private static final int CLOSED = 90098;

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return failure.getErrorCode() == CLOSED || failure.getErrorCode() == GENERAL_ERROR
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
