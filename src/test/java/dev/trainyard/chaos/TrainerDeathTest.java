package dev.trainyard.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.RunningService;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A trainer that TensorFlow aborts, that is killed, or that the kernel has no memory for. */
@Tag("chaos")
class TrainerDeathTest {

  private static final int ROUNDS = Rounds.of("trainer-killed", 1, 10);
  private static final int MAX_ATTEMPTS = 3;
  private static final long PAUSE_NANOS = 20_000_000;

  private final Cluster cluster = Cluster.shared();
  private RunningService worker;

  @BeforeEach
  void start() {
    worker = cluster.worker("trainyard.queue.backoff=100ms");
    cluster.awaitDevices(worker);
  }

  @AfterEach
  void end() {
    cluster.cancelAll();
    worker.killWithChildren();
  }

  @ParameterizedTest
  @CsvSource({"ABRT, 6", "KILL, 9"})
  void a_job_that_keeps_killing_its_trainer_fails_with_a_reason_and_the_api_does_not_notice(
      String signal, int number) throws Exception {
    failsInTheEnd(
        "SIG" + signal,
        trainers -> Signals.send(signal, trainers),
        "TRAINER_CRASHED",
        "signal " + number);
  }

  @Test
  void a_job_that_needs_more_memory_than_there_is_says_so_and_the_api_does_not_notice()
      throws Exception {
    try (LittleMemory memory = LittleMemory.ofMegabytes(8)) {
      failsInTheEnd("out of memory", memory::confine, "OUT_OF_MEMORY", "memory ran out");
    }
  }

  private void failsInTheEnd(
      String what, Consumer<List<ProcessHandle>> death, String reason, String words)
      throws Exception {
    AtomicInteger answers = new AtomicInteger();
    AtomicInteger failures = new AtomicInteger();
    Thread client =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                boolean fine =
                    worker.api().get("/actuator/health").status() == 200
                        && cluster.api().get("/api/v1/jobs?pageSize=5").status() == 200;
                (fine ? answers : failures).incrementAndGet();
                LockSupport.parkNanos(
                    PAUSE_NANOS); // or it would take a processor from the trainers
              }
            });
    client.setUncaughtExceptionHandler((thread, interrupted) -> {});
    client.start();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        oneFailsInTheEnd(death, reason, words);
      }
    } finally {
      client.interrupt();
      client.join();
    }
    assertThat(answers).hasPositiveValue();
    assertThat(failures).hasValue(0);
    Rounds.measured(
        "trainer-killed",
        "%s: %d jobs, %d attempts each, then FAILED; %d requests meanwhile, none failed",
        what,
        ROUNDS,
        MAX_ATTEMPTS,
        2 * answers.get());
  }

  private void oneFailsInTheEnd(Consumer<List<ProcessHandle>> death, String reason, String words) {
    String id = cluster.submit(1_000_000);
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      int now = attempt;
      await()
          .atMost(ofSeconds(90))
          .pollInterval(ofMillis(100))
          .until(
              () ->
                  cluster.job(id).attempt() == now
                      && cluster.job(id).state().equals("RUNNING")
                      && !cluster.trainersOf(id, worker).isEmpty());
      death.accept(cluster.trainersOf(id, worker));
      await().atMost(ofSeconds(30)).until(() -> !cluster.job(id).outcome(now).isEmpty());
    }
    JsonNode status = cluster.job(id).json().get("status");
    assertThat(status.get("state").asString()).isEqualTo("FAILED");
    assertThat(status.get("reason").asString()).isEqualTo(reason);
    assertThat(status.get("message").asString()).contains(words, "3 of 3");
  }
}
