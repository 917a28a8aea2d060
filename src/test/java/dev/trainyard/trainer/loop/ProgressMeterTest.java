package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trainyard.trainer.protocol.TrainerEvent.Progress;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {

  private static final long MILLISECOND = 1_000_000;

  private final ProgressMeter meter = new ProgressMeter(100, 10);

  @Test
  void the_first_step_is_reported_at_once_without_an_estimate() {
    assertThat(meter.add(new BatchScore(20, 3, 10), 2000 * MILLISECOND)).isTrue();

    assertThat(meter.report(1, 0.01)).isEqualTo(new Progress(1, 2.0, 0.3, 0.01, 5.0, null));
    assertThat(meter.hasNews()).isFalse();
  }

  @Test
  void then_reports_come_once_a_second_with_the_mean_since_the_last() {
    meter.add(new BatchScore(20, 3, 10), 2000 * MILLISECOND);
    meter.report(1, 0.01);

    assertThat(meter.add(new BatchScore(10, 5, 10), 500 * MILLISECOND)).isFalse();
    assertThat(meter.add(new BatchScore(30, 10, 10), 500 * MILLISECOND)).isTrue();

    Progress progress = meter.report(3, 0.01);
    assertThat(progress.loss()).isEqualTo(2.0);
    assertThat(progress.accuracy()).isEqualTo(0.75);
    assertThat(progress.examplesPerSecond()).isCloseTo(20, within(1e-9)); // first step left out
    assertThat(progress.etaSeconds()).isCloseTo(97 * 10 / 20.0, within(1e-9));
  }

  @Test
  void the_rate_forgets_what_is_older_than_ten_seconds() {
    for (int step = 1; step <= 20; step++) {
      meter.add(new BatchScore(10, 5, 10), 1000 * MILLISECOND);
      meter.report(step, 0.01);
    }
    Progress progress = null;
    for (int step = 21; step <= 60; step++) {
      meter.add(new BatchScore(10, 5, 10), 250 * MILLISECOND);
      progress = meter.report(step, 0.01);
    }

    assertThat(progress.examplesPerSecond()).isCloseTo(40, within(1.0));
  }
}
