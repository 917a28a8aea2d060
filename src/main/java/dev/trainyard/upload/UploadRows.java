package dev.trainyard.upload;

import dev.trainyard.project.Acting;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What is known of the uploads. Each statement is a transaction of its own, unless there is one.
 * Whoever writes to a file holds its row by a token, as a lease: 60 seconds from its last word, by
 * the database's clock.
 */
@Component
class UploadRows {

  private static final String FREE =
      "(writer is null or writer_time < current_timestamp - interval '60' second or writer = ?)";
  private static final String COLUMNS =
      "id, length, received, metadata, create_time, change_time, writer, instance";

  /**
   * @param received bytes that are safe
   * @param changeTime when the last of them came
   * @param writer the token of who writes; null when nobody does
   * @param instance the process that writes, or wrote
   */
  record Row(
      String id,
      long length,
      long received,
      @Nullable String metadata,
      Instant createTime,
      Instant changeTime,
      @Nullable String writer,
      @Nullable String instance) {}

  private final JdbcTemplate jdbc;
  private final Clock clock;

  UploadRows(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  void insert(String id, String project, long length, @Nullable String metadata) {
    Timestamp now = Timestamp.from(clock.instant());
    jdbc.update(
        "insert into upload (id, project, length, received, metadata, create_time, change_time)"
            + " values (?, ?, ?, 0, ?, ?, ?)",
        id,
        project,
        length,
        metadata,
        now,
        now);
  }

  Optional<Row> find(String id) {
    return select("where id = ? and ? in ('*', project)", id, Acting.visible()).stream()
        .findFirst();
  }

  /** Those to which nothing has come since then. */
  List<Row> notChangedSince(Instant time) {
    return select("where change_time < ?", Timestamp.from(time));
  }

  private List<Row> select(String where, Object... parameters) {
    return jdbc.query(
        "select " + COLUMNS + " from upload " + where,
        (row, number) ->
            new Row(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getTimestamp(5).toInstant(),
                row.getTimestamp(6).toInstant(),
                row.getString(7),
                row.getString(8)),
        parameters);
  }

  int count() {
    return number("select count(*) from upload").intValue();
  }

  /** Bytes that a project has announced. */
  long bytes(String project) {
    return java.util.Objects.requireNonNull(
        jdbc.queryForObject(
            "select coalesce(sum(length), 0) from upload where project = ?", Long.class, project));
  }

  /** Bytes that are still to come, of all. */
  long expected() {
    return number("select coalesce(sum(length - received), 0) from upload").longValue();
  }

  private Number number(String query) {
    return java.util.Objects.requireNonNull(jdbc.queryForObject(query, Number.class));
  }

  /**
   * Becomes the writer when nobody is, or may be no longer.
   *
   * @param dead the token of a writer whose process has ended; null for none
   */
  boolean claim(String id, String token, String instance, @Nullable String dead) {
    return jdbc.update(
            "update upload set writer = ?, instance = ?, writer_time = current_timestamp"
                + " where id = ? and "
                + FREE,
            token,
            instance,
            id,
            dead)
        > 0;
  }

  /**
   * Has more bytes on disk.
   *
   * @return false when somebody else writes by now, or the upload is gone: they do not count then
   */
  boolean advance(String id, String token, long received) {
    return jdbc.update(
            "update upload set received = ?, change_time = ?, writer_time = current_timestamp"
                + " where id = ? and writer = ?",
            received,
            Timestamp.from(clock.instant()),
            id,
            token)
        > 0;
  }

  /** Says only that it is still there. */
  boolean renew(String id, String token) {
    return jdbc.update(
            "update upload set writer_time = current_timestamp where id = ? and writer = ?",
            id,
            token)
        > 0;
  }

  void release(String id, String token) {
    jdbc.update("update upload set writer = null where id = ? and writer = ?", id, token);
  }

  /**
   * @param dead as {@link #claim} has it
   * @return false while somebody writes, or when it is gone
   */
  boolean delete(String id, @Nullable String dead) {
    return jdbc.update("delete from upload where id = ? and " + FREE, id, dead) > 0;
  }

  /** Takes it away if it is whole. */
  boolean take(String id) {
    return jdbc.update("delete from upload where id = ? and received = length", id) > 0;
  }
}
