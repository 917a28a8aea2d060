package dev.trainyard.security.session;

import dev.trainyard.security.SecurityProperties;
import dev.trainyard.security.Token;
import dev.trainyard.security.key.Credentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The sessions, in the database so that every process knows them. A session may do what the token
 * may that it was begun with, and ends with it.
 */
@Component
public class Sessions {

  private static final int BYTES = 20;

  private final JdbcTemplate jdbc;
  private final Credentials credentials;
  private final Clock clock;
  private final Duration timeout;

  Sessions(JdbcTemplate jdbc, Credentials credentials, Clock clock, SecurityProperties properties) {
    this.jdbc = jdbc;
    this.credentials = credentials;
    this.clock = clock;
    this.timeout = properties.sessionTimeout();
  }

  /** Begins one; empty when nobody has that token. */
  @Transactional
  public Optional<Begun> begin(Token token) {
    return credentials
        .caller(token)
        .map(
            caller -> {
              Instant now = clock.instant();
              String id = Token.random(BYTES);
              String csrf = Token.random(BYTES);
              jdbc.update("delete from page_session where expire_time <= ?", time(now));
              jdbc.update(
                  "insert into page_session (id_sha256, csrf, credential_sha256, expire_time)"
                      + " values (?, ?, ?, ?)",
                  Token.sha256(id),
                  csrf,
                  token.sha256(),
                  time(now.plus(timeout)));
              return new Begun(id, new Session(caller, csrf, now.plus(timeout)));
            });
  }

  /**
   * @param id what the cookie holds
   */
  public Optional<Session> find(String id) {
    return jdbc
        .query(
            "select credential_sha256, csrf, expire_time from page_session"
                + " where id_sha256 = ? and expire_time > ?",
            (row, number) ->
                new Row(
                    row.getString(1),
                    row.getString(2),
                    row.getObject(3, OffsetDateTime.class).toInstant()),
            Token.sha256(id),
            time(clock.instant()))
        .stream()
        .findFirst()
        .flatMap(
            row ->
                credentials
                    .ofDigest(row.credential())
                    .map(caller -> new Session(caller, row.csrf(), row.expireTime())));
  }

  @Transactional
  public void end(String id) {
    jdbc.update("delete from page_session where id_sha256 = ?", Token.sha256(id));
  }

  Duration timeout() {
    return timeout;
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private record Row(String credential, String csrf, Instant expireTime) {}

  /**
   * @param id for the cookie
   */
  public record Begun(String id, Session session) {

    /** Never the id. */
    @Override
    public String toString() {
      return "Begun[" + session + "]";
    }
  }
}
