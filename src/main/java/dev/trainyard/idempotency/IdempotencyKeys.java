package dev.trainyard.idempotency;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The keys that were used within the retention, each with what it made. */
@Component
class IdempotencyKeys {

  /**
   * For how long the transaction that has just used the same key is waited for: less than the
   * {@code lock_timeout} of the profile for PostgreSQL, which would be an outage.
   */
  private static final int LOCK_SECONDS = 3;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final Duration retention;

  IdempotencyKeys(DataSource database, Clock clock, IdempotencyProperties properties) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setQueryTimeout(LOCK_SECONDS);
    this.clock = clock;
    this.retention = properties.retention();
  }

  /** What the key was used for. */
  Optional<Use> find(IdempotentRequest request) {
    return jdbc
        .query(
            "select fingerprint, resource_id from idempotency_key"
                + " where submitter = ? and scope = ? and key_value = ? and create_time > ?",
            (row, number) -> new Use(row.getString(1), row.getString(2)),
            request.submitter(),
            request.scope(),
            request.key(),
            oldest())
        .stream()
        .findFirst();
  }

  /**
   * Within the transaction that makes the resource. Waits for another one that has inserted the
   * same key and has not ended.
   *
   * @throws org.springframework.dao.DuplicateKeyException when that one was committed
   * @throws KeyInFlightException when it takes too long
   */
  void insert(IdempotentRequest request, Use use) {
    try {
      jdbc.update( // one that has expired and is not pruned yet
          "delete from idempotency_key"
              + " where submitter = ? and scope = ? and key_value = ? and create_time <= ?",
          request.submitter(),
          request.scope(),
          request.key(),
          oldest());
      jdbc.update(
          "insert into idempotency_key"
              + " (submitter, scope, key_value, fingerprint, resource_id, create_time)"
              + " values (?, ?, ?, ?, ?, ?)",
          request.submitter(),
          request.scope(),
          request.key(),
          use.fingerprint(),
          use.resourceId(),
          Timestamp.from(clock.instant()));
    } catch (TransientDataAccessException e) {
      throw new KeyInFlightException(e);
    }
  }

  /** Forgets the keys that have expired. */
  int prune() {
    return jdbc.update("delete from idempotency_key where create_time <= ?", oldest());
  }

  private Timestamp oldest() {
    return Timestamp.from(clock.instant().minus(retention));
  }

  /**
   * @param fingerprint of the request
   * @param resourceId of what it made
   */
  record Use(String fingerprint, String resourceId) {}

  /** Another request with the same key holds its row. */
  static final class KeyInFlightException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyInFlightException(Throwable cause) {
      super(cause);
    }
  }
}
