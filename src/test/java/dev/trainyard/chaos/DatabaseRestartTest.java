package dev.trainyard.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.RunningService;
import dev.trainyard.database.PostgresqlServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL stops, crashes and comes back while jobs are submitted and run. */
@Tag("chaos")
class DatabaseRestartTest {

  private static final int ROUNDS = Rounds.of("database-restarted", 2, 10);
  private static final Duration LONG_OUTAGE = ofSeconds(Rounds.of("database-gone", 5, 120));
  private static final Duration HEALTHY = ofSeconds(10);
  private static final int STEPS = 300;
  private static final String JOB =
      "{\"name\": \"under-load\", \"dataset\": \"shapes\", \"model\": {\"type\": \"cnn\"},"
          + " \"training\": {\"batchSize\": 4}, \"scheduling\": {\"labels\": [\"nowhere\"]}}";

  private final Cluster cluster = Cluster.shared();
  private final PostgresqlServer server = cluster.server();
  private final List<RunningService> workers = new ArrayList<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Random random = new Random();
  private volatile boolean loading = true;
  private Thread load;

  @BeforeEach
  void start() {
    workers.add(cluster.worker());
    workers.add(cluster.worker());
    workers.forEach(RunningService::healthy);
    load = new Thread(this::load);
    load.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    loading = false;
    load.join();
    cluster.cancelAll();
    workers.forEach(RunningService::killWithChildren);
  }

  @Test
  void it_is_healthy_soon_after_nothing_is_lost_and_no_job_is_held_by_nobody() {
    List<String> jobs = new ArrayList<>();
    Duration slowest = Duration.ZERO;
    for (int round = 0; round <= ROUNDS; round++) {
      boolean last = round == ROUNDS;
      jobs.add(cluster.submit(STEPS));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(6000)));
      if (round % 2 == 0) {
        server.kill();
      } else {
        server.stop();
      }
      if (last) {
        LockSupport.parkNanos(LONG_OUTAGE.toNanos());
      }
      server.start();
      Duration healthy = untilHealthy();
      slowest = healthy.compareTo(slowest) > 0 ? healthy : slowest;
    }
    loading = false;
    jobs.forEach(cluster::assertDone); // a job that nobody runs would never be
    acknowledged.forEach(
        location -> assertThat(cluster.api().get(location).status()).isEqualTo(200));
    Rounds.measured(
        "database-restarted",
        "%d restarts, then gone for %d s; healthy within %d ms; %d jobs run, %d acknowledged, none lost",
        ROUNDS,
        LONG_OUTAGE.toSeconds(),
        slowest.toMillis(),
        jobs.size(),
        acknowledged.size());
  }

  private Duration untilHealthy() {
    long back = System.nanoTime();
    await()
        .atMost(HEALTHY)
        .pollInterval(ofMillis(100))
        .until(() -> workers.stream().allMatch(RunningService::isHealthy) && answers());
    return Duration.ofNanos(System.nanoTime() - back);
  }

  private boolean answers() {
    return cluster.api().get("/api/v1/jobs?pageSize=1").status() == 200;
  }

  /** Submits jobs that no worker takes, one after the other; what is answered 202 must stay. */
  private void load() {
    while (loading) {
      ApiClient.Answer answer = cluster.api().post("/api/v1/jobs", JOB);
      if (answer.status() == 202) {
        acknowledged.add(answer.header("Location"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
