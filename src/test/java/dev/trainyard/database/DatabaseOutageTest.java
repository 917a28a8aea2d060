package dev.trainyard.database;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.ApiClient.Answer;
import dev.trainyard.Trainyard;
import dev.trainyard.problem.DatabaseUnavailable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What clients see while PostgreSQL is gone, and how soon after. */
@Tag("database")
@EnabledIfSystemProperty(named = TestDatabase.PROPERTY, matches = TestDatabase.POSTGRESQL)
class DatabaseOutageTest {

  private static final Duration FAST = ofSeconds(5);
  private static final Duration BACK = ofSeconds(10);

  @TempDir static Path data;
  private static PostgresqlServer server;
  private static ConfigurableApplicationContext service;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    server = PostgresqlServer.running();
    server.address().createDatabase("outage");
    List<String> arguments = new ArrayList<>();
    server.address().service("outage").forEach(property -> arguments.add("--" + property));
    arguments.addAll(
        List.of("--server.port=0", "--trainyard.data-dir=" + data, "--trainyard.worker.slots=0"));
    service = new SpringApplicationBuilder(Trainyard.class).run(arguments.toArray(new String[0]));
    api =
        new ApiClient(service.getEnvironment().getRequiredProperty("local.server.port", int.class));
  }

  @AfterAll
  static void stop() {
    service.close();
    server.close();
  }

  @Test
  void while_it_is_stopped_requests_fail_fast_and_say_so_and_then_all_is_well_again() {
    assertAllIsWell();
    server.stop();
    assertRequestsFailFast();
    server.start();
    await().atMost(BACK).pollInterval(ofMillis(200)).untilAsserted(this::assertAllIsWell);
  }

  @Test
  void a_server_that_was_killed_is_found_again_once_it_has_recovered() {
    assertAllIsWell();
    server.kill();
    assertThat(server.isRunning()).isFalse();
    assertRequestsFailFast();
    server.start();
    await().atMost(BACK).pollInterval(ofMillis(200)).untilAsserted(this::assertAllIsWell);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC}) // which have a signal for it
  void a_server_that_hangs_is_noticed_within_seconds() {
    assertAllIsWell();
    server.freeze();
    try {
      assertThat(within(ofSeconds(15), "/api/v1/jobs").status())
          .as("was asked of a connection that has just been used, so its socketTimeout ends it")
          .isEqualTo(503);
      assertRequestsFailFast();
    } finally {
      server.thaw();
    }
    await().atMost(BACK).pollInterval(ofMillis(200)).untilAsserted(this::assertAllIsWell);
  }

  @Test
  void a_process_that_stands_still_in_a_transaction_loses_its_locks() throws SQLException {
    DataSource connections = service.getBean(DataSource.class);
    try (Connection still = connections.getConnection();
        Connection other = connections.getConnection()) {
      still.setAutoCommit(false);
      lockGate(still);
      await().atMost(ofSeconds(20)).ignoreExceptions().until(() -> lockGate(other));
      assertThatThrownBy(() -> lockGate(still)).matches(DatabaseUnavailable::isBehind);
    }
    assertAllIsWell();
  }

  private static boolean lockGate(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.execute("select id from queue_gate where id = 1 for update");
    }
  }

  private void assertAllIsWell() {
    assertThat(api.get("/api/v1/jobs").status()).isEqualTo(200);
    assertThat(api.get("/actuator/health").status()).isEqualTo(200);
    assertThat(api.get("/actuator/prometheus").text())
        .contains("trainyard_jobs{state=\"queued\"} 0");
  }

  private void assertRequestsFailFast() {
    Answer refused = within(FAST, "/api/v1/jobs");
    assertThat(refused.status()).as(refused.text()).isEqualTo(503);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.header("Retry-After")).isEqualTo("5");
    assertThat(refused.json().get("type").asString()).isEqualTo("/problems/database-unavailable");
    assertThat(refused.text()).doesNotContain("Exception", "127.0.0.1");
    assertThat(within(FAST, "/actuator/health").status()).isEqualTo(503);
    assertThat(within(FAST, "/actuator/health/liveness").status())
        .as("no restart of the service would help")
        .isEqualTo(200);
    await() // a count may be a second old
        .atMost(ofSeconds(5))
        .until(
            () -> within(FAST, "/actuator/prometheus").text(),
            metrics -> metrics.contains("trainyard_jobs{state=\"queued\"} NaN"));
  }

  private static Answer within(Duration limit, String path) {
    long begin = System.nanoTime();
    Answer answer = api.get(path);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(path).isLessThan(limit);
    return answer;
  }
}
