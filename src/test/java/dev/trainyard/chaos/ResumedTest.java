package dev.trainyard.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.trainer.ChildTrainer;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One training, killed again and again from its first step to its last. */
@Tag("chaos")
class ResumedTest {

  private static final int KILLS = Rounds.of("resumed", 3, 20);
  private static final int STEPS = 80;

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  private final Random random = new Random();

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 60, 9);
  }

  @Test
  void killed_at_any_moment_it_ends_with_the_weights_of_a_run_that_was_not() throws Exception {
    try (ChildTrainer whole = ChildTrainer.of(plan("whole"))) {
      assertThat(whole.exitCode()).isEqualTo(ExitCode.FINISHED.code());
    }
    for (int death = 0; death < KILLS; death++) {
      long step = STEPS * death / KILLS + random.nextInt(STEPS / KILLS);
      try (ChildTrainer killed = ChildTrainer.of(plan("killed").attempt(death + 1))) {
        killed.await(
            event ->
                event instanceof TrainerEvent.Exported
                    || event instanceof TrainerEvent.Checkpoint done && done.step() >= step);
        LockSupport.parkNanos(random.nextInt(20_000_000)); // to be in the middle of something
        killed.kill();
      }
    }
    try (ChildTrainer last = ChildTrainer.of(plan("killed").attempt(KILLS + 1))) {
      TrainerEvent started = last.await(TrainerEvent.Started.class::isInstance);
      assertThat(((TrainerEvent.Started) started).step()).isPositive();
      assertThat(last.exitCode()).isEqualTo(ExitCode.FINISHED.code());
    }

    assertThat(weights("killed")).hasSameBinaryContentAs(weights("whole"));
    assertThat(folder.resolve("killed/evaluations.json"))
        .hasSameBinaryContentAs(folder.resolve("whole/evaluations.json"));
    Rounds.measured("resumed", "%d kills; weights and evaluations bit-identical", KILLS);
  }

  /** A checkpoint every three steps, so that one is always being written. */
  private TinyPlan plan(String name) {
    return new TinyPlan(folder.resolve(name), data)
        .steps(STEPS, 20)
        .training("checkpoint", Map.of("steps", 3, "keepBest", "loss"))
        .training("iterationsPerLoop", 2);
  }

  private Path weights(String name) {
    return folder.resolve(name + "/checkpoints/" + STEPS + "/variables.data-00000-of-00001");
  }
}
