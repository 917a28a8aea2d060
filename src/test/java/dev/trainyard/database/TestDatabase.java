package dev.trainyard.database;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The database of the services under test. {@code -Dtrainyard.test.database} says which: {@code
 * h2}, the default, or {@code postgresql}, a real server that all tests of a JVM share, with a
 * database for each service. {@code -Dtrainyard.test.postgresql} says where that server comes from:
 * {@code docker}, {@code embedded}, or {@code auto}, which is Docker where it runs. There is no way
 * around it: where no server can be started, the tests fail.
 */
public final class TestDatabase {

  /** The system property that chooses the database, and its value for a real server. */
  static final String PROPERTY = "trainyard.test.database";

  static final String POSTGRESQL = "postgresql";

  private static final String IMAGE = "postgres:17";
  private static final AtomicInteger LAST = new AtomicInteger();
  private static final Map<Path, List<String>> OF_FOLDERS = new ConcurrentHashMap<>();

  private static final class Shared {
    private static final PostgresqlAddress SERVER = start();
  }

  private TestDatabase() {}

  public static boolean isPostgresql() {
    String database = System.getProperty(PROPERTY, "h2");
    return switch (database) {
      case "h2" -> false;
      case POSTGRESQL -> true;
      default -> throw new IllegalArgumentException(PROPERTY + "=" + database);
    };
  }

  /** The properties of a service on this data folder: the same database whenever it starts anew. */
  public static List<String> properties(Path data) {
    return isPostgresql()
        ? OF_FOLDERS.computeIfAbsent(data.toAbsolutePath().normalize(), folder -> fresh())
        : List.of();
  }

  /** The properties of a service with a database that nobody has used. */
  static List<String> fresh() {
    String name = "service_" + LAST.incrementAndGet();
    Shared.SERVER.createDatabase(name);
    return Shared.SERVER.service(name);
  }

  private static PostgresqlAddress start() {
    String way = System.getProperty("trainyard.test.postgresql", "auto");
    return switch (way) {
      case "docker" -> inDocker();
      case "embedded" -> embedded();
      case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? inDocker() : embedded();
      default -> throw new IllegalArgumentException("trainyard.test.postgresql=" + way);
    };
  }

  private static PostgresqlAddress embedded() {
    PostgresqlServer server = PostgresqlServer.running(PostgresqlServer.NOT_DURABLE);
    SpringApplication.getShutdownHandlers().add(server::close); // after the services have ended
    return server.address();
  }

  private static PostgresqlAddress inDocker() {
    PostgreSQLContainer container =
        new PostgreSQLContainer(IMAGE)
            .withUsername(PostgresqlAddress.SUPERUSER)
            .withPassword(PostgresqlAddress.PASSWORD)
            .withCommand("postgres -c max_connections=300 -c " + notDurable());
    container.start();
    SpringApplication.getShutdownHandlers().add(container::stop);
    PostgresqlAddress address =
        new PostgresqlAddress(
            container.getHost(), container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT));
    address.createServiceUser();
    return address;
  }

  private static String notDurable() {
    return String.join(" -c ", PostgresqlServer.NOT_DURABLE);
  }
}
