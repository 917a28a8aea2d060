package dev.trainyard.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.RunningService;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A worker that stands still past its lease, as under a debugger, a live migration, or a full swap,
 * and then goes on as if nothing had been.
 */
@Tag("chaos")
class FrozenWorkerTest {

  private static final int ROUNDS = Rounds.of("worker-frozen", 2, 20);
  private static final int STEPS = 600;

  private final Cluster cluster = Cluster.shared();
  private final List<RunningService> workers = new ArrayList<>();
  private final Random random = new Random();
  private int overtaken;

  @BeforeEach
  void start() {
    workers.add(cluster.worker("trainyard.lease=3s"));
    workers.add(cluster.worker("trainyard.lease=3s"));
    workers.forEach(cluster::awaitDevices);
  }

  @AfterEach
  void end() {
    cluster.cancelAll();
    workers.forEach(RunningService::killWithChildren);
  }

  @Test
  void nothing_that_it_still_says_or_writes_counts() {
    for (int round = 0; round < ROUNDS; round++) {
      boolean trainerToo = round % 2 == 0;
      String id = cluster.submit(STEPS);
      await().atMost(ofSeconds(60)).until(() -> cluster.holder(id, workers).isPresent());
      RunningService frozen = cluster.holder(id, workers).orElseThrow();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(9000)));
      List<ProcessHandle> trainers = cluster.trainersOf(id, frozen);
      int attempt = cluster.job(id).attempt();

      Signals.send("STOP", List.of(frozen.process().toHandle()));
      if (trainerToo) {
        Signals.send("STOP", trainers);
      }
      try {
        await()
            .atMost(ofSeconds(35))
            .until(() -> cluster.job(id).attempt() > attempt || cluster.job(id).hasEnded());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(8000)));
      } finally {
        Signals.send("CONT", trainers);
        Signals.send("CONT", List.of(frozen.process().toHandle()));
      }
      JobState taken = cluster.job(id);
      await()
          .atMost(ofSeconds(10))
          .pollInterval(ofMillis(100))
          .untilAsserted(() -> assertThat(trainers).noneMatch(ProcessHandle::isAlive));
      cluster.assertDone(id);
      assertNothingOfItCounts(id, attempt, taken);
    }
    Rounds.measured(
        "worker-frozen",
        "%d times, %d of them overtaken by the other worker; every report and every file refused",
        ROUNDS,
        overtaken);
    assertThat(overtaken).isPositive();
  }

  private void assertNothingOfItCounts(String id, int attempt, JobState taken) {
    JobState done = cluster.job(id);
    if (done.attempt() == attempt) { // it had ended before the worker stood still
      return;
    }
    overtaken++;
    assertThat(done.attempts().get(attempt - 1)).isEqualTo(taken.attempts().get(attempt - 1));
    assertThat(done.outcome(attempt)).isEqualTo("LOST");
    assertThat(cluster.attemptFolders(id)).containsExactly("attempt-" + done.attempt());
    assertSeriesOnce(id);
  }

  /** Each step of a metric is there once, and in order. */
  private void assertSeriesOnce(String id) {
    JsonNode points = cluster.get("/api/v1/jobs/" + id + "/metrics?name=loss&maxPoints=1000");
    List<Long> steps = new ArrayList<>();
    points.findValues("step").forEach(step -> steps.add(step.asLong()));
    assertThat(steps).isNotEmpty().doesNotHaveDuplicates().isSorted();
  }
}
