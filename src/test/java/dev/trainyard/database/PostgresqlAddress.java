package dev.trainyard.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Where a PostgreSQL server listens, however it was started, and what the service needs on it. */
public record PostgresqlAddress(String host, int port) {

  /** Of the superuser and of the service. */
  public static final String PASSWORD = "secret";

  static final String SUPERUSER = "postgres";
  private static final String SERVICE = "trainyard";

  /** A user for the service: it may log in, and nothing else until a database is its own. */
  void createServiceUser() {
    execute("create role %s login password '%s'".formatted(SERVICE, PASSWORD));
  }

  /** An empty database that belongs to the service's user. */
  public void createDatabase(String name) {
    execute("create database %s owner %s".formatted(name, SERVICE));
  }

  /** The properties of a service, or its arguments after {@code --}, for one of the databases. */
  public List<String> service(String database) {
    return List.of(
        "spring.profiles.active=postgresql",
        "spring.datasource.url=" + url(database),
        "spring.datasource.username=" + SERVICE,
        "spring.datasource.password=" + PASSWORD);
  }

  /** A connection as the service has it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), SERVICE, PASSWORD);
  }

  private String url(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url("postgres"), SUPERUSER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
