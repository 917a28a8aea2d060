package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.spec.TrainingSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MilestonesTest {

  @Test
  void a_look_never_goes_past_an_evaluation_a_checkpoint_or_the_end() {
    Milestones milestones = new Milestones(25, 10, 7L, 4);

    List<Long> looks = new ArrayList<>();
    for (long step = 0; step < 25; step += milestones.untilLook(step)) {
      looks.add(step);
    }

    assertThat(looks).containsExactly(0L, 4L, 7L, 10L, 14L, 18L, 20L, 21L);
    assertThat(looks.stream().filter(milestones::isEvaluation)).containsExactly(10L, 20L);
    assertThat(looks.stream().filter(milestones::isCheckpoint))
        .containsExactly(7L, 10L, 14L, 20L, 21L);
    assertThat(milestones.isEvaluation(25)).isTrue();
    assertThat(milestones.isCheckpoint(25)).isTrue();
  }

  @Test
  void the_loss_is_looked_at_as_often_as_both_options_ask() {
    assertThat(perLook(Map.of())).isEqualTo(1);
    assertThat(perLook(Map.of("iterationsPerLoop", 50))).isEqualTo(50);
    assertThat(perLook(Map.of("iterationsPerLoop", 50, "lossCheckSteps", 20))).isEqualTo(20);
    assertThat(perLook(Map.of("lossCheckSteps", 20))).isEqualTo(1);
  }

  @Test
  void time_is_counted_over_all_attempts_and_a_checkpoint_is_due_by_the_minute() {
    long[] now = {5_000_000_000L};
    TrainingSpec spec = spec(Map.of("timeLimit", "PT10M", "checkpoint", Map.of("minutes", 2)));
    TrainingTime time = new TrainingTime(spec, Duration.ofMinutes(5), () -> now[0]);

    now[0] += Duration.ofSeconds(119).toNanos();
    assertThat(time.isCheckpointDue()).isFalse();
    now[0] += Duration.ofSeconds(1).toNanos();
    assertThat(time.isCheckpointDue()).isTrue();
    time.checkpointed();
    assertThat(time.isCheckpointDue()).isFalse();

    assertThat(time.used()).isEqualTo(Duration.ofMinutes(7));
    now[0] += Duration.ofMinutes(3).toNanos() - 1;
    assertThat(time.isUp()).isFalse();
    now[0]++;
    assertThat(time.isUp()).isTrue();
  }

  private static int perLook(Map<String, Object> fields) {
    return Milestones.of(spec(fields), 1000).perLook();
  }

  private static TrainingSpec spec(Map<String, Object> fields) {
    return SpecJson.MAPPER.convertValue(fields, TrainingSpec.class);
  }
}
