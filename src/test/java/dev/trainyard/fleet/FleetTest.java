package dev.trainyard.fleet;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.TemporaryData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Tag("database")
@SpringBootTest(properties = {"trainyard.worker.slots=0", "trainyard.lease=6s"})
class FleetTest {

  static final Path data = TemporaryData.folder();

  @Autowired Fleet fleet;
  @Autowired Membership membership;
  @Autowired JdbcTemplate jdbc;
  @Autowired GenericApplicationContext context;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @Test
  void a_process_is_among_the_workers_and_keeps_its_lease() {
    Member before = own().orElseThrow();
    assertThat(before.state()).isEqualTo(Member.State.ACTIVE);
    assertThat(membership.holds()).isTrue();
    await()
        .atMost(ofSeconds(10))
        .until(() -> own().orElseThrow().renewTime().isAfter(before.renewTime()));
    assertThat(membership.id()).isEqualTo(before.id());
  }

  @Test
  void a_worker_whose_lease_runs_out_is_lost_and_one_that_draws_breath_is_not() {
    jdbc.update(
        "insert into worker (id, instance, state, slots, accelerators, labels, details, start_time,"
            + " renew_time, lease_time) values ('late', 'elsewhere', 'ACTIVE', 1, 'CPU', '', '{}',"
            + " current_timestamp, current_timestamp, current_timestamp + interval '2' second)");
    assertThat(state("late")).isEqualTo(Member.State.ACTIVE);
    await().atMost(ofSeconds(6)).until(() -> state("late") == Member.State.LOST);
    assertThat(own().orElseThrow().state()).isEqualTo(Member.State.ACTIVE);
  }

  @Test
  void a_worker_that_was_taken_for_dead_stops_its_work_and_goes_on_under_another_id() {
    Heard heard = new Heard();
    context.addApplicationListener(heard);
    String old = membership.id();
    jdbc.update("update worker set state = 'LOST' where id = ?", old);
    await().atMost(ofSeconds(10)).until(() -> !membership.id().equals(old));
    assertThat(heard.lost).isTrue();
    await().atMost(ofSeconds(2)).until(membership::holds);
    assertThat(own().orElseThrow().state()).isEqualTo(Member.State.ACTIVE);
    assertThat(state(old)).isEqualTo(Member.State.LOST);
  }

  @Test
  void a_lease_that_cannot_be_renewed_is_given_up_before_it_runs_out() {
    Heard heard = new Heard();
    context.addApplicationListener(heard);
    String id = membership.id();
    long start = System.nanoTime();
    // As if the database were away: every renewal waits for this lock, or is refused it.
    jdbc.execute(
        (java.sql.Connection connection) -> {
          connection.setAutoCommit(false);
          try (var lock =
              connection.prepareStatement("select id from worker where id = ? for update")) {
            lock.setString(1, id);
            lock.executeQuery();
            await().atMost(ofSeconds(8)).until(() -> heard.lost);
          } finally {
            connection.rollback();
            connection.setAutoCommit(true);
          }
          return null;
        });
    assertThat(heard.atRisk).as("there was a warning before").isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(ofSeconds(6));
    assertThat(membership.holds()).isFalse();
    await().atMost(ofSeconds(10)).until(membership::holds);
  }

  private Optional<Member> own() {
    return fleet.members().stream().filter(m -> m.id().equals(membership.id())).findFirst();
  }

  private Member.State state(String id) {
    return fleet.members().stream()
        .filter(m -> m.id().equals(id))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private static final class Heard implements ApplicationListener<PayloadApplicationEvent<?>> {

    private volatile boolean atRisk;
    private volatile boolean lost;

    @Override
    public void onApplicationEvent(PayloadApplicationEvent<?> event) {
      atRisk |= event.getPayload() instanceof LeaseAtRisk;
      lost |= event.getPayload() instanceof LeaseLost;
    }
  }
}
