package dev.trainyard.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.RunningService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two workers, of which one is killed again and again, its trainer with it. */
@Tag("chaos")
class WorkerDeathTest {

  private static final int ROUNDS = Rounds.of("worker-killed", 1, 100);
  private static final Duration RECLAIMED = ofSeconds(35);
  private static final int UNFINISHED = 3;
  private static final int STEPS = 1000;

  private final Cluster cluster = Cluster.shared();
  private final List<RunningService> workers = new ArrayList<>();
  private final List<String> jobs = new ArrayList<>();
  private final Random random = new Random();

  @BeforeEach
  void start() {
    workers.add(cluster.worker());
    workers.add(cluster.worker());
  }

  @AfterEach
  void end() {
    cluster.cancelAll();
    workers.forEach(RunningService::killWithChildren);
  }

  @Test
  void no_job_is_lost_and_none_is_done_twice_however_often_workers_die() {
    Duration slowest = Duration.ZERO;
    int training = 0;
    for (int round = 0; round < ROUNDS; round++) {
      keepBusy();
      String job = await().atMost(ofSeconds(90)).until(this::anyHeld, id -> !id.isEmpty());
      if (round % 3 < 2) { // else while the trainer starts
        await().atMost(ofSeconds(90)).until(() -> trains(job) || cluster.job(job).hasEnded());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(4000)));
      training += trains(job) ? 1 : 0;
      Duration taken = killHolder(job);
      slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
    }
    jobs.forEach(cluster::assertDone);
    long redone = jobs.stream().mapToLong(id -> cluster.job(id).mostStepsRedone()).max().orElse(0);
    Rounds.measured(
        "worker-killed",
        "%d kills, %d of them in the midst of training, %d jobs done once each, given back within %d ms, at most %d steps redone of %d between checkpoints",
        ROUNDS,
        training,
        jobs.size(),
        slowest.toMillis(),
        redone,
        Cluster.INTERVAL);
    assertThat(redone).isLessThanOrEqualTo(Cluster.INTERVAL);
    assertThat(training).isPositive();
  }

  private void keepBusy() {
    while (jobs.stream().filter(id -> !cluster.job(id).hasEnded()).count() < UNFINISHED) {
      jobs.add(cluster.submit(STEPS));
    }
  }

  private boolean trains(String job) {
    return cluster.job(job).state().equals("RUNNING");
  }

  private String anyHeld() {
    List<String> held =
        jobs.stream().filter(id -> cluster.holder(id, workers).isPresent()).toList();
    return held.isEmpty() ? "" : held.get(random.nextInt(held.size()));
  }

  /** How long until the job was taken back; nothing when it had ended before. */
  private Duration killHolder(String job) {
    RunningService victim = cluster.holder(job, workers).orElse(workers.get(0));
    int attempt = cluster.job(job).attempt();
    long killed = System.nanoTime();
    victim.killWithChildren();
    workers.remove(victim);
    await()
        .atMost(RECLAIMED)
        .pollInterval(ofMillis(50))
        .until(() -> cluster.job(job).hasEnded() || !cluster.job(job).outcome(attempt).isEmpty());
    Duration taken = Duration.ofNanos(System.nanoTime() - killed);
    workers.add(cluster.worker());
    return taken;
  }
}
