package dev.trainyard.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.process.ChildJvm;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.trainer.protocol.Device;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class StandbyTest {

  @TempDir Path folder;

  @Test
  void it_reports_warm_then_carries_out_the_plan_that_it_is_told() throws Exception {
    TinyPlan plan =
        new TinyPlan(folder.resolve("job"), TinyImages.write(folder.resolve("data"), 40, 6));
    Path file = plan.steps(20, 10).write();
    try (ChildTrainer trainer = standby()) {
      TrainerEvent.Ready ready = ready(trainer);
      assertThat(ready.tensorflowVersion()).startsWith("2.");
      assertThat(ready.devices()).as("nobody asked").isEmpty();

      trainer.say(TrainerProcess.PLAN + " " + file);
      trainer.await(TrainerEvent.Exported.class::isInstance);
      assertThat(trainer.exitCode()).isEqualTo(ExitCode.FINISHED.code());
    }
    assertThat(folder.resolve("job/export/saved_model.pb")).exists();
    assertThat(Files.readString(folder.resolve("log")))
        .contains("starting from scratch, 20 steps", "step 20/20")
        .as("the rehearsal is not heard")
        .doesNotContain("could not warm up", "/2 loss");
  }

  @Test
  void asked_for_devices_it_reports_the_processor() throws Exception {
    try (ChildTrainer trainer =
        standby(TrainerProcess.LIST_DEVICES, TrainerProcess.LIST_TPU, TrainerProcess.ONLY_REPORT)) {
      List<Device> devices = ready(trainer).devices();

      assertThat(devices.get(0).type()).isEqualTo(AcceleratorSpec.Type.CPU);
      assertThat(devices.get(0).name()).isEqualTo("CPU:0");
      assertThat(devices.get(0).description())
          .contains(Runtime.getRuntime().availableProcessors() + " thread");
      assertThat(devices.get(0).memoryBytes()).isGreaterThan(64L << 20);
      assertThat(devices).extracting(Device::type).doesNotContain(AcceleratorSpec.Type.TPU);
    }
  }

  @Test
  void let_go_before_it_has_a_plan_it_ends_quietly() throws Exception {
    try (ChildTrainer trainer = standby()) {
      ready(trainer);
      trainer.hangUp();
      assertThat(trainer.exitCode()).isZero();
    }
    assertThat(Files.readString(folder.resolve("log"))).doesNotContain("Exception");
  }

  @Test
  void let_go_while_it_warms_up_it_ends_quietly() throws Exception {
    try (ChildTrainer trainer = standby()) {
      trainer.hangUp();
      assertThat(trainer.exitCode()).isZero();
    }
  }

  @Test
  void where_tensorflow_does_not_load_it_ends_and_says_why() throws Exception {
    ProcessBuilder builder =
        new ChildJvm()
            .of(TrainerProcess.TRAINER_MAIN, DataSize.ofMegabytes(64), List.of())
            .builder()
            .redirectError(folder.resolve("log").toFile());
    builder.command().add(1, "-Dorg.bytedeco.javacpp.platform=of-no-kind");
    Process process = builder.start();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(ExitCode.RETRIABLE.code());
    assertThat(Files.readString(folder.resolve("log"))).contains("TensorFlow cannot be loaded");
  }

  @Test
  void told_to_stop_before_it_has_a_plan_it_ends_quietly() throws Exception {
    try (ChildTrainer trainer = standby(TrainerProcess.ONLY_REPORT)) {
      ready(trainer);
      trainer.say(TrainerProcess.STOP);
      assertThat(trainer.exitCode()).isZero();
    }
  }

  @Test
  void a_signal_ends_it_too() throws Exception {
    try (ChildTrainer trainer = standby(TrainerProcess.ONLY_REPORT)) {
      ready(trainer);
      trainer.terminate();
      assertThat(trainer.exitCode()).isEqualTo(128 + 15);
    }
  }

  private ChildTrainer standby(String... options) throws IOException {
    return new ChildTrainer(TrainerProcess.TRAINER_MAIN, List.of(options), folder.resolve("log"));
  }

  private static TrainerEvent.Ready ready(ChildTrainer trainer) throws IOException {
    return (TrainerEvent.Ready) trainer.await(TrainerEvent.Ready.class::isInstance);
  }
}
