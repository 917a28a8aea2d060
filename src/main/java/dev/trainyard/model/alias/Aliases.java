package dev.trainyard.model.alias;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.event.EventLog;
import dev.trainyard.event.EventType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The aliases of all models. What changes one belongs in the transaction that holds the model's row
 * and has seen the version; a foreign key keeps the two together whatever happens.
 */
@Component
public class Aliases {

  /** Moves of one alias that are remembered. */
  static final int HISTORY = 100;

  private static final String SELECT =
      "select a.alias, a.version, a.update_time, (select m.from_version from model_alias_move m"
          + " where m.model_name = a.model_name and m.alias = a.alias and m.reversible"
          + " order by m.sequence desc limit 1) from model_alias a where a.model_name = ?";

  private final JdbcTemplate jdbc;
  private final EventLog log;
  private final Clock clock;

  Aliases(JdbcTemplate jdbc, EventLog log, Clock clock) {
    this.jdbc = jdbc;
    this.log = log;
    this.clock = clock;
  }

  /** In the order of their names. */
  public List<Alias> of(String model) {
    return jdbc.query(SELECT + " order by a.alias", Aliases::alias, model);
  }

  /** The versions that the aliases of some models stand for, in order. */
  public Map<String, Map<String, Integer>> byModel(List<String> models) {
    if (models.isEmpty()) {
      return Map.of();
    }
    Map<String, Map<String, Integer>> found = new HashMap<>();
    jdbc.query(
        "select model_name, alias, version from model_alias where model_name in ("
            + "?, ".repeat(models.size() - 1)
            + "?) order by alias",
        row -> {
          found
              .computeIfAbsent(row.getString(1), model -> new LinkedHashMap<>())
              .put(row.getString(2), row.getInt(3));
        },
        models.toArray());
    return found;
  }

  public Optional<Alias> find(String model, String alias) {
    return jdbc.query(SELECT + " and a.alias = ?", Aliases::alias, model, alias).stream()
        .findFirst();
  }

  /** Those that stand for a version, in order. */
  public List<String> of(String model, int version) {
    return jdbc.queryForList(
        "select alias from model_alias where model_name = ? and version = ? order by alias",
        String.class,
        model,
        version);
  }

  /** Where it has been, the newest move first; an alias that was deleted has been somewhere too. */
  public List<AliasMove> moves(String model, String alias) {
    return jdbc.query(
        "select kind, from_version, to_version, time from model_alias_move"
            + " where model_name = ? and alias = ? order by sequence desc",
        Aliases::move,
        model,
        alias);
  }

  /** Moves it, or makes it; nothing happens to one that is there already. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void point(String model, String alias, int version) {
    Integer from = find(model, alias).map(Alias::version).orElse(null);
    if (from == null) {
      jdbc.update(
          "insert into model_alias (model_name, alias, version, update_time) values (?, ?, ?, ?)",
          model,
          alias,
          version,
          now());
    } else if (from != version) {
      move(model, alias, version);
    } else {
      return;
    }
    remember(model, alias, AliasMove.Kind.SET, from, version);
  }

  /** Takes its last move back. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void pointBack(String model, Alias alias, int version) {
    jdbc.update(
        "update model_alias_move set reversible = false where model_name = ? and alias = ?"
            + " and sequence = (select max(sequence) from model_alias_move"
            + " where model_name = ? and alias = ? and reversible)",
        model,
        alias.alias(),
        model,
        alias.alias());
    move(model, alias.alias(), version);
    remember(model, alias.alias(), AliasMove.Kind.ROLLBACK, alias.version(), version);
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void delete(String model, Alias alias) {
    jdbc.update(
        "update model_alias_move set reversible = false where model_name = ? and alias = ?",
        model,
        alias.alias());
    jdbc.update("delete from model_alias where model_name = ? and alias = ?", model, alias.alias());
    remember(model, alias.alias(), AliasMove.Kind.DELETED, alias.version(), null);
  }

  private void move(String model, String alias, int version) {
    jdbc.update(
        "update model_alias set version = ?, update_time = ? where model_name = ? and alias = ?",
        version,
        now(),
        model,
        alias);
  }

  private void remember(
      String model,
      String alias,
      AliasMove.Kind kind,
      @Nullable Integer from,
      @Nullable Integer to) {
    Integer last =
        jdbc.queryForObject(
            "select coalesce(max(sequence), 0) from model_alias_move"
                + " where model_name = ? and alias = ?",
            Integer.class,
            model,
            alias);
    int sequence = (last == null ? 0 : last) + 1;
    jdbc.update(
        "insert into model_alias_move (model_name, alias, sequence, kind, from_version, to_version,"
            + " time, reversible) values (?, ?, ?, ?, ?, ?, ?, ?)",
        model,
        alias,
        sequence,
        kind.name(),
        from,
        to,
        now(),
        kind == AliasMove.Kind.SET);
    jdbc.update(
        "delete from model_alias_move where model_name = ? and alias = ? and sequence <= ?",
        model,
        alias,
        sequence - HISTORY);
    String project =
        jdbc.queryForObject("select project from model where name = ?", String.class, model);
    log.append(EventType.ALIAS, String.valueOf(project), null, new Moved(model, alias, to, from));
  }

  /** What the event tells. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Moved(
      String model, String alias, @Nullable Integer version, @Nullable Integer previousVersion) {}

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Alias alias(ResultSet row, int number) throws SQLException {
    return new Alias(row.getString(1), row.getInt(2), number(row, 4), time(row, 3));
  }

  private static AliasMove move(ResultSet row, int number) throws SQLException {
    return new AliasMove(
        AliasMove.Kind.valueOf(row.getString(1)), number(row, 2), number(row, 3), time(row, 4));
  }

  private static @Nullable Integer number(ResultSet row, int column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? null : number;
  }

  private static Instant time(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
