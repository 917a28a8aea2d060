package dev.trainyard.chaos;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.RunningService;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process is replaced by a new one, as an upgrade does it, while its job runs. */
@Tag("chaos")
class UpgradeTest {

  private static final int ROUNDS = Rounds.of("upgrade", 1, 10);

  private final Cluster cluster = Cluster.shared();

  @Test
  void the_job_goes_on_in_the_new_process() {
    String id = cluster.submit(100_000);
    RunningService worker = cluster.worker().healthy();
    Duration longestStop = Duration.ZERO;
    Duration longestStart = Duration.ZERO;
    try {
      for (int round = 0; round < ROUNDS; round++) {
        long before = cluster.job(id).step();
        await()
            .atMost(ofSeconds(90))
            .until(
                () -> cluster.job(id).state().equals("RUNNING") && cluster.job(id).step() > before);
        int attempt = cluster.job(id).attempt();
        long begin = System.nanoTime();
        worker.terminate();
        longestStop = longer(longestStop, begin);
        begin = System.nanoTime();
        worker = cluster.worker().healthy();
        longestStart = longer(longestStart, begin);
        assertThat(cluster.job(id).outcome(attempt)).isEqualTo("STOPPED");
      }
      await().atMost(ofSeconds(90)).until(() -> cluster.job(id).state().equals("RUNNING"));
      assertThat(cluster.job(id).mostStepsRedone()).as("it stops after a checkpoint").isZero();
    } finally {
      cluster.api().post("/api/v1/jobs/" + id + "/cancel", "");
      worker.killWithChildren();
    }
    Rounds.measured(
        "upgrade",
        "%d times; exit within %d ms, start within %d ms; no step redone",
        ROUNDS,
        longestStop.toMillis(),
        longestStart.toMillis());
    assertThat(longestStop).isLessThan(ofSeconds(8));
    assertThat(longestStart).isLessThan(ofSeconds(30));
  }

  private static Duration longer(Duration longest, long begin) {
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    return taken.compareTo(longest) > 0 ? taken : longest;
  }
}
