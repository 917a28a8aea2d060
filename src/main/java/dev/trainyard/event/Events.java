package dev.trainyard.event;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All events that are kept, in their order. An event has no place when it is written, for whoever
 * reads by an order that was fixed before the commit misses what is committed late. Places are
 * given to what is committed already, by one process at a time, which holds the gate until its own
 * commit: once a place is to be seen, so is every place before it.
 */
@Component
public class Events {

  private static final int BATCH = 1000;

  private static final RowMapper<Event> ROW =
      (row, number) ->
          new Event(
              row.getLong(1),
              EventType.valueOf(row.getString(2)),
              row.getString(3),
              row.getString(4),
              row.getString(5));

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  Events(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Gives places to all that has none, and tells the last one. */
  public long newest() {
    while (!unplaced(1).isEmpty()) {
      transaction.executeWithoutResult(status -> place());
    }
    return gate("newest");
  }

  /** The last that is not kept any more. */
  public long forgotten() {
    return gate("forgotten");
  }

  private void place() {
    long newest = number("select newest from event_gate where id = 1 for update");
    List<Object[]> placed = new ArrayList<>();
    for (Long id : unplaced(BATCH)) {
      placed.add(new Object[] {++newest, id});
    }
    jdbc.batchUpdate("update event set place = ? where id = ?", placed);
    jdbc.update("update event_gate set newest = ? where id = 1", newest);
  }

  /** In the order in which they were written, which is that of each thing's own events. */
  private List<Long> unplaced(int limit) {
    return jdbc.queryForList(
        "select id from event where place is null order by id limit ?", Long.class, limit);
  }

  /** The first after a place, up to another. */
  public List<Event> between(long after, long upTo, int limit) {
    return jdbc.query(
        "select place, type, project, job_id, data from event where place > ? and place <= ?"
            + " order by place limit ?",
        ROW,
        after,
        upTo,
        limit);
  }

  /** The first of one job after a place. */
  public List<Event> ofJob(String jobId, long after, int limit) {
    return jdbc.query(
        "select place, type, project, job_id, data from event where job_id = ? and place > ?"
            + " order by place limit ?",
        ROW,
        jobId,
        after,
        limit);
  }

  /** Forgets what is older than that, and all but the newest so many. */
  void forget(Instant before, long kept) {
    long crowded = newest() - kept;
    Long old =
        jdbc.queryForObject(
            "select max(place) from event where create_time < ?",
            Long.class,
            Timestamp.from(before));
    long upTo = old == null ? crowded : Math.max(old, crowded);
    // First the word that they are gone: a reader that has not seen it has seen them.
    jdbc.update(
        "update event_gate set forgotten = ? where id = 1 and forgotten < ?",
        Math.max(0, upTo),
        upTo);
    jdbc.update("delete from event where place <= ?", upTo);
  }

  private long gate(String column) {
    return number("select " + column + " from event_gate where id = 1");
  }

  private long number(String sql) {
    @Nullable Long number = jdbc.queryForObject(sql, Long.class);
    return Objects.requireNonNull(number);
  }
}
