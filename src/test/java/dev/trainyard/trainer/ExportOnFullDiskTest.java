package dev.trainyard.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.SmallDisk;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.FailureReason;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("chaos")
class ExportOnFullDiskTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 8192, 20_000}) // while it writes one file or the other
  void an_export_that_fills_the_disk_can_be_tried_again_and_leaves_nothing(int free)
      throws Exception {
    TrainingPlan.Data data = TinyImages.write(folder.resolve("data"), 30, 9);
    TrainingPlan tiny = new TinyPlan(folder, data).steps(2, 2).build();
    try (SmallDisk disk = SmallDisk.ofMegabytes(1)) {
      TrainingPlan plan =
          new TrainingPlan(
              tiny.jobId(),
              tiny.attempt(),
              tiny.spec(),
              tiny.data(),
              tiny.checkpoints(),
              tiny.events(),
              disk.mountPoint().resolve("export"),
              disk.mountPoint().resolve("scratch"),
              null,
              null);
      Path file = Files.write(folder.resolve("plan.json"), SpecJson.MAPPER.writeValueAsBytes(plan));
      disk.fillTo(free);
      try (ChildTrainer trainer =
          new ChildTrainer(
              disk.inside(),
              TrainerProcess.TRAINER_MAIN,
              List.of(file.toString()),
              folder.resolve("log.txt"))) {
        TrainerEvent.Failed failed =
            (TrainerEvent.Failed) trainer.await(TrainerEvent.Failed.class::isInstance);
        assertThat(failed.reason()).as(failed.message()).isEqualTo(FailureReason.DISK_FULL);
        assertThat(trainer.exitCode()).isEqualTo(ExitCode.RETRIABLE.code());
      }
      assertThat(disk.root().toFile().list()).containsExactlyInAnyOrder("filler", "scratch");
      assertThat(disk.root().resolve("scratch")).isEmptyDirectory();
    }
  }
}
