package dev.trainyard.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.FailureReason;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerMainTest {

  private static final long FOREVER = 1_000_000;

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 60, 9);
  }

  @Test
  void killed_it_goes_on_from_its_checkpoint_to_the_same_weights() throws Exception {
    try (ChildTrainer whole = ChildTrainer.of(plan("whole").steps(60, 20))) {
      assertThat(whole.exitCode()).isEqualTo(ExitCode.FINISHED.code());
    }
    try (ChildTrainer killed = ChildTrainer.of(plan("killed").steps(60, 20))) {
      killed.await(TrainerEvent.Checkpoint.class::isInstance);
      killed.kill();
    }
    assertThat(weights("killed", 60)).doesNotExist();

    try (ChildTrainer again = ChildTrainer.of(plan("killed").attempt(2).steps(60, 20))) {
      TrainerEvent started = again.await(TrainerEvent.Started.class::isInstance);
      assertThat(((TrainerEvent.Started) started).step()).isGreaterThanOrEqualTo(20);
      again.await(TrainerEvent.Exported.class::isInstance);
      assertThat(again.exitCode()).isEqualTo(ExitCode.FINISHED.code());
    }

    assertThat(weights("killed", 60)).hasSameBinaryContentAs(weights("whole", 60));
    assertThat(Files.readString(log("killed"))).contains("restored from step", "step 60/60");
  }

  @Test
  void asked_to_stop_it_leaves_a_checkpoint_of_the_step_it_was_in() throws Exception {
    try (ChildTrainer trainer = ChildTrainer.of(plan("a").steps(FOREVER, FOREVER))) {
      trainer.await(TrainerEvent.Progress.class::isInstance);
      trainer.say(TrainerProcess.STOP);
      TrainerEvent stopped = trainer.await(TrainerEvent.Stopped.class::isInstance);

      assertThat(trainer.exitCode()).isEqualTo(ExitCode.STOPPED.code());
      assertThat(weights("a", ((TrainerEvent.Stopped) stopped).step())).exists();
    }
  }

  @Test
  void a_signal_is_a_request_to_stop_too() throws Exception {
    try (ChildTrainer trainer = ChildTrainer.of(plan("a").steps(FOREVER, FOREVER))) {
      trainer.await(TrainerEvent.Progress.class::isInstance);
      trainer.terminate();
      TrainerEvent stopped = trainer.await(TrainerEvent.Stopped.class::isInstance);

      assertThat(trainer.exitCode()).isEqualTo(128 + 15);
      assertThat(weights("a", ((TrainerEvent.Stopped) stopped).step())).exists();
    }
  }

  @Test
  void it_dies_with_its_parent() throws Exception {
    try (ChildTrainer trainer = ChildTrainer.of(plan("a").steps(FOREVER, FOREVER))) {
      trainer.await(TrainerEvent.Progress.class::isInstance);
      trainer.hangUp();

      assertThat(trainer.exitCode()).isEqualTo(ExitCode.RETRIABLE.code());
    }
  }

  @Test
  void bad_data_ends_it_with_the_name_of_the_file() throws Exception {
    TrainingPlan.Data own = TinyImages.write(folder.resolve("own"), 20, 3);
    Path shard = own.trainShards().get(1);
    byte[] bytes = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(bytes, bytes.length - 10));

    try (ChildTrainer trainer = ChildTrainer.of(plan("a").data(own))) {
      TrainerEvent event = trainer.await(TrainerEvent.Failed.class::isInstance);

      TrainerEvent.Failed failed = (TrainerEvent.Failed) event;
      assertThat(failed.reason()).isEqualTo(FailureReason.DATA_ERROR);
      assertThat(failed.message()).contains(shard.toString());
      assertThat(trainer.exitCode()).isEqualTo(ExitCode.NOT_RETRIABLE.code());
    }
  }

  @Test
  void a_plan_that_cannot_be_read_is_a_spec_error() throws Exception {
    Path plan = Files.writeString(folder.resolve("plan.json"), "{\"attempt\": 1, \"colour\": 2}");
    try (ChildTrainer trainer =
        new ChildTrainer(TrainerProcess.TRAINER_MAIN, plan.toString(), folder.resolve("log"))) {
      TrainerEvent event = trainer.await(TrainerEvent.Failed.class::isInstance);

      assertThat(((TrainerEvent.Failed) event).reason()).isEqualTo(FailureReason.SPEC_ERROR);
      assertThat(((TrainerEvent.Failed) event).message()).contains("colour");
      assertThat(trainer.exitCode()).isEqualTo(ExitCode.NOT_RETRIABLE.code());
    }
  }

  private TinyPlan plan(String name) {
    return new TinyPlan(folder.resolve(name), data);
  }

  private Path log(String name) {
    return folder.resolve(name).resolve("log.txt");
  }

  private Path weights(String name, long step) {
    return folder.resolve(name + "/checkpoints/" + step + "/variables.data-00000-of-00001");
  }
}
