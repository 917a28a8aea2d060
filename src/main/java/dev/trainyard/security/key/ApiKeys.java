package dev.trainyard.security.key;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.security.Caller;
import dev.trainyard.security.Scope;
import dev.trainyard.security.Token;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The keys. Of a secret only its SHA-256 is kept, by which it is found. */
@Component
public class ApiKeys {

  private static final String COLUMNS =
      "select id, name, scope, projects, created_by, create_time, expire_time, last_used_time"
          + " from api_key ";

  /** A key in use writes its row this often. */
  private static final Duration NOTED = Duration.ofMinutes(1);

  private static final int ID_BYTES = 4;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  ApiKeys(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The oldest first. */
  public List<ApiKey> all() {
    return jdbc.query(COLUMNS + "order by create_time, id", ApiKeys::key);
  }

  /**
   * @throws ProblemException NOT_FOUND
   */
  public ApiKey get(String id) {
    return jdbc.query(COLUMNS + "where id = ?", ApiKeys::key, id).stream()
        .findFirst()
        .orElseThrow(() -> none(id));
  }

  /** Makes one; its secret is told now and never again. */
  @Transactional
  public NewKey make(String name, Scope scope, List<String> projects, @Nullable Instant expiry) {
    String id = Token.random(ID_BYTES);
    Token secret = Token.of(id);
    Caller maker = Objects.requireNonNullElse(Caller.current(), Caller.ANYBODY);
    jdbc.update(
        "insert into api_key (id, sha256, name, scope, projects, created_by, create_time, expire_time)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        secret.sha256(),
        name,
        scope.text(),
        String.join(",", projects),
        maker.name(),
        time(clock.instant()),
        expiry == null ? null : time(expiry));
    return new NewKey(get(id), secret.text());
  }

  /**
   * Gives a key another secret.
   *
   * @param grace for which the one before is taken as well
   * @throws ProblemException NOT_FOUND
   */
  @Transactional
  public NewKey rotate(String id, Duration grace) {
    Token secret = Token.of(id);
    int changed =
        jdbc.update(
            "update api_key set former_sha256 = sha256, former_expire_time = ?, sha256 = ? where id = ?",
            time(clock.instant().plus(grace)),
            secret.sha256(),
            id);
    if (changed == 0) {
      throw none(id);
    }
    return new NewKey(get(id), secret.text());
  }

  /**
   * From now on it is refused, whatever it was used for before.
   *
   * @throws ProblemException NOT_FOUND
   */
  @Transactional
  public void revoke(String id) {
    if (jdbc.update("delete from api_key where id = ?", id) == 0) {
      throw none(id);
    }
  }

  /** Whose secret has this digest, unless it has expired; notes that it was used. */
  public Optional<Caller> use(String sha256) {
    Instant now = clock.instant();
    Optional<ApiKey> found =
        jdbc
            .query(
                COLUMNS
                    + "where (sha256 = ? or (former_sha256 = ? and former_expire_time > ?))"
                    + " and (expire_time is null or expire_time > ?)",
                ApiKeys::key,
                sha256,
                sha256,
                time(now),
                time(now))
            .stream()
            .findFirst();
    found.ifPresent(key -> note(key, now));
    return found.map(ApiKey::caller);
  }

  private void note(ApiKey key, Instant now) {
    Instant before = key.lastUsedTime();
    if (before == null || before.plus(NOTED).isBefore(now)) {
      jdbc.update("update api_key set last_used_time = ? where id = ?", time(now), key.id());
    }
  }

  private static ProblemException none(String id) {
    return new ProblemException(Problem.NOT_FOUND, "There is no key '" + id + "'.");
  }

  private static ApiKey key(ResultSet row, int number) throws SQLException {
    return new ApiKey(
        row.getString(1),
        row.getString(2),
        Scope.of(row.getString(3)).orElseThrow(),
        List.of(row.getString(4).split(",")),
        row.getString(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        instant(row, 7),
        instant(row, 8));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * @param secret to be sent as a bearer token; it is kept nowhere
   */
  public record NewKey(ApiKey key, String secret) {

    /** Never the secret. */
    @Override
    public String toString() {
      return "NewKey[" + key + "]";
    }
  }
}
