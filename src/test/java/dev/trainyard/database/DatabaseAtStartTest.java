package dev.trainyard.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.Trainyard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A service whose database is not as it should be does not start, and says why in plain words. */
@Tag("database")
@EnabledIfSystemProperty(named = TestDatabase.PROPERTY, matches = TestDatabase.POSTGRESQL)
@ExtendWith(OutputCaptureExtension.class)
class DatabaseAtStartTest {

  private static PostgresqlServer server;

  @TempDir Path data;

  @BeforeAll
  static void start() {
    server = PostgresqlServer.running();
    server.address().createDatabase("mine");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_database_that_is_not_there(CapturedOutput output) {
    server.stop();
    try {
      assertFails(output, "mine", "refused", "spring.datasource.url");
    } finally {
      server.start();
    }
  }

  @Test
  void a_wrong_password(CapturedOutput output) {
    assertFails(
        output,
        "mine",
        "password authentication failed",
        "spring.datasource.password",
        "--spring.datasource.password=wrong");
  }

  @Test
  void a_database_that_nobody_has_made(CapturedOutput output) {
    assertFails(output, "nowhere", "\"nowhere\" does not exist", "create database");
  }

  @Test
  void a_database_that_is_not_the_services_own(CapturedOutput output) {
    assertFails(output, "postgres", "permission denied", "owner to trainyard");
  }

  private void assertFails(
      CapturedOutput output, String database, String why, String what, String... more) {
    List<String> arguments = new ArrayList<>();
    server.address().service(database).forEach(property -> arguments.add("--" + property));
    arguments.addAll(List.of("--server.port=0", "--trainyard.data-dir=" + data));
    arguments.addAll(List.of(more));
    assertThatThrownBy(
        () ->
            new SpringApplicationBuilder(Trainyard.class)
                .run(arguments.toArray(new String[0]))
                .close());

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START", why)
        .contains("The database jdbc:postgresql://127.0.0.1:", "/" + database + " cannot be used")
        .containsPattern("(?s)Action:.*" + what)
        .doesNotContain("\tat org.", "secret");
  }
}
