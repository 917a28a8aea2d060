package dev.trainyard.fleet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of workers. All times are the database's: its clock is the only one that all share. */
final class WorkerRows {

  private static final String LEASE =
      "current_timestamp + cast(? as integer) * interval '1' second";
  private static final String DEAD = "state <> 'LOST' and lease_time < current_timestamp";

  private final JdbcTemplate jdbc;

  WorkerRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void insert(String id, String instance, Offer offer, Duration lease) {
    jdbc.update(
        "insert into worker (id, instance, state, slots, accelerators, labels, details,"
            + " start_time, renew_time, lease_time) values (?, ?, 'ACTIVE', ?, ?, ?, ?,"
            + " current_timestamp, current_timestamp, "
            + LEASE
            + ")",
        id,
        instance,
        offer.slots(),
        joined(offer.accelerators()),
        joined(offer.labels()),
        offer.details(),
        lease.toSeconds());
  }

  /** Whether the lease is still there to be renewed. */
  boolean renew(String id, Offer offer, Member.State state, Duration lease) {
    return jdbc.update(
            "update worker set state = ?, slots = ?, accelerators = ?, labels = ?, details = ?,"
                + " renew_time = current_timestamp, lease_time = "
                + LEASE
                + " where id = ? and state <> 'LOST'",
            state.name(),
            offer.slots(),
            joined(offer.accelerators()),
            joined(offer.labels()),
            offer.details(),
            lease.toSeconds(),
            id)
        == 1;
  }

  /** Declares the workers lost whose lease has run out. */
  int bury() {
    return jdbc.update("update worker set state = 'LOST' where " + DEAD);
  }

  /** Declares a worker lost that has surely ended. */
  void bury(String id) {
    jdbc.update("update worker set state = 'LOST' where id = ?", id);
  }

  void delete(String id) {
    jdbc.update("delete from worker where id = ?", id);
  }

  /** Forgets those that were lost long ago. */
  void prune() {
    jdbc.update(
        "delete from worker where state = 'LOST'"
            + " and renew_time < current_timestamp - interval '1' day");
  }

  List<Member> all() {
    return jdbc.query(
        "select id, instance, state, slots, accelerators, labels, details, start_time, renew_time"
            + " from worker order by start_time, id",
        WorkerRows::member);
  }

  private static Member member(ResultSet row, int number) throws SQLException {
    return new Member(
        row.getString(1),
        row.getString(2),
        Member.State.valueOf(row.getString(3)),
        new Offer(
            row.getInt(4), split(row.getString(5)), split(row.getString(6)), row.getString(7)),
        row.getObject(8, OffsetDateTime.class).toInstant(),
        row.getObject(9, OffsetDateTime.class).toInstant());
  }

  private static String joined(Set<String> words) {
    return String.join(",", new TreeSet<>(words));
  }

  private static Set<String> split(String words) {
    return words.isEmpty() ? Set.of() : Set.of(words.split(","));
  }
}
