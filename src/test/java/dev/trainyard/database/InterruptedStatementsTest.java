package dev.trainyard.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.TemporaryData;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A thread that is interrupted while it reads or writes the database takes nobody else's database
 * away. Over plain file channels it would: an interrupt closes the channel, and H2 with it.
 */
@Tag("database")
@SpringBootTest(properties = "trainyard.worker.slots=0")
class InterruptedStatementsTest {

  private static final int INTERRUPTS = 100;
  private static final Path data = TemporaryData.folder();

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @Autowired JdbcTemplate jdbc;

  @Test
  void the_database_stays_open_when_a_thread_is_interrupted_in_a_statement() throws Exception {
    for (int i = 0; i < INTERRUPTS; i++) {
      String prefix = "interrupted-" + i + "-";
      Thread writer = new Thread(() -> write(prefix));
      writer.start();
      Thread.sleep(i % 10);
      writer.interrupt();
      writer.join();
      jdbc.update(
          "insert into worker (id, instance, state, slots, accelerators, labels, details,"
              + " start_time, renew_time, lease_time) values (?, 'test', 'LOST', 1, '', '', '{}',"
              + " current_timestamp, current_timestamp, current_timestamp)",
          "whole-" + i);
    }
    assertThat(
            jdbc.queryForObject(
                "select count(*) from worker where id like 'whole-%'", Integer.class))
        .isEqualTo(INTERRUPTS);
  }

  /** Writes until it is interrupted, or for a second. */
  private void write(String prefix) {
    Instant end = Instant.now().plusSeconds(1);
    for (int i = 0; !Thread.currentThread().isInterrupted() && Instant.now().isBefore(end); i++) {
      try {
        jdbc.update(
            "insert into worker (id, instance, state, slots, accelerators, labels, details,"
                + " start_time, renew_time, lease_time) values (?, 'test', 'LOST', 1, '', '', '{}',"
                + " current_timestamp, current_timestamp, current_timestamp)",
            prefix + i);
      } catch (DataAccessException interrupted) {
        return; // its own statement may well fail
      }
    }
  }
}
