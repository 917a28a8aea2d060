package dev.trainyard.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private final RetryPolicy policy =
      new RetryPolicy(
          new QueueProperties(
              Duration.ofMinutes(10), 0, 0, Duration.ofSeconds(1), Duration.ofMinutes(5), 20),
          new Random(1));

  @Test
  void the_wait_doubles_up_to_its_limit_and_chance_shortens_it_to_half_at_most() {
    for (int failures = 1; failures <= 60; failures++) {
      double full = Math.min(300, Math.pow(2, failures - 1));
      assertThat(policy.backoff(JobReason.TRAINER_CRASHED, failures).toMillis() / 1000.0)
          .isBetween(full / 2 - 0.001, full);
    }
  }

  @Test
  void jobs_that_failed_together_do_not_come_back_together() {
    assertThat(
            IntStream.range(0, 100)
                .mapToObj(n -> policy.backoff(JobReason.TRAINER_CRASHED, 5))
                .distinct())
        .hasSizeGreaterThan(90);
  }

  @Test
  void want_of_memory_or_disk_is_waited_for_longer() {
    assertThat(policy.backoff(JobReason.DISK_FULL, 1))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    assertThat(policy.backoff(JobReason.OUT_OF_MEMORY, 1))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
  }
}
