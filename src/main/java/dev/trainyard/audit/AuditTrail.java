package dev.trainyard.audit;

import dev.trainyard.retention.Chore;
import dev.trainyard.retention.RetentionProperties;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The entries: they are added and read, never changed. */
@Component
public class AuditTrail implements Chore {

  private static final int LONGEST = 1000;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final Duration kept;

  AuditTrail(JdbcTemplate jdbc, Clock clock, RetentionProperties retention) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.kept = retention.audit();
  }

  void add(
      String caller,
      @Nullable String keyId,
      String address,
      String project,
      String action,
      String object,
      int status,
      @Nullable String traceId) {
    jdbc.update(
        "insert into audit (time, caller, key_id, address, project, action, object, status, trace_id)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        time(clock.instant()),
        cut(caller, 255),
        keyId,
        cut(address, 64),
        project,
        cut(action, 255),
        cut(object, LONGEST),
        status,
        traceId);
  }

  /** The newest first, from just before {@code before}. */
  public List<AuditEntry> entries(AuditQuery query, long before, int limit) {
    StringBuilder sql =
        new StringBuilder(
            "select id, time, caller, key_id, address, project, action, object, status, trace_id"
                + " from audit where id < ?");
    List<Object> values = new ArrayList<>(List.of(before));
    query.caller().ifPresent(it -> and(sql, values, " and caller = ?", it));
    query.action().ifPresent(it -> and(sql, values, " and action = ?", it));
    query.object().ifPresent(it -> and(sql, values, " and object = ?", it));
    query.from().ifPresent(it -> and(sql, values, " and time >= ?", time(it)));
    query.to().ifPresent(it -> and(sql, values, " and time < ?", time(it)));
    values.add(limit);
    return jdbc.query(sql + " order by id desc limit ?", AuditTrail::entry, values.toArray());
  }

  @Override
  public void tidy() {
    if (!kept.isZero()) {
      jdbc.update("delete from audit where time < ?", time(clock.instant().minus(kept)));
    }
  }

  private static void and(StringBuilder sql, List<Object> values, String condition, Object value) {
    sql.append(condition);
    values.add(value);
  }

  private static AuditEntry entry(ResultSet row, int number) throws SQLException {
    return new AuditEntry(
        row.getLong(1),
        row.getObject(2, OffsetDateTime.class).toInstant(),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        AuditEntry.Outcome.of(row.getInt(9)),
        row.getInt(9),
        row.getString(10));
  }

  private static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
