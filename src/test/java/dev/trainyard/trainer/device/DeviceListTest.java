package dev.trainyard.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceListTest {

  @TempDir Path devices;

  @Test
  void an_x86_core_with_bfloat16_says_so_among_its_flags() {
    CpuFlags flags =
        CpuFlags.of(
            """
            processor\t: 0
            model name\t: AMD EPYC 9R14
            flags\t\t: fpu avx512f avx512_bf16

            processor\t: 1
            flags\t\t: fpu
            """);
    assertThat(flags.model()).isEqualTo("AMD EPYC 9R14");
    assertThat(flags.hasFastBfloat16()).isTrue();
  }

  @Test
  void an_arm_core_calls_its_flags_features() {
    assertThat(CpuFlags.of("Features\t: fp asimd bf16").hasFastBfloat16()).isTrue();
    assertThat(CpuFlags.of("Features\t: fp asimd").hasFastBfloat16()).isFalse();
  }

  @Test
  void nothing_is_assumed_of_a_core_that_says_nothing() {
    assertThat(CpuFlags.of("").hasFastBfloat16()).isFalse();
    assertThat(CpuFlags.of("flags : avx512f avx512vnni").hasFastBfloat16()).isFalse();
  }

  @Test
  void gpus_are_fast_at_bfloat16_from_ampere_on() {
    GpuDetails both = GpuDetails.of("NVIDIA A100-SXM4-40GB, 8.0\nNVIDIA A100-SXM4-40GB, 8.0");
    assertThat(both).isEqualTo(new GpuDetails("NVIDIA A100-SXM4-40GB", true));
    assertThat(GpuDetails.of("NVIDIA H100, 9.0\nTesla T4, 7.5"))
        .isEqualTo(new GpuDetails("NVIDIA H100 or Tesla T4", false));
    assertThat(GpuDetails.of("Blackwell, 10.0").fastBfloat16()).isTrue();
    assertThat(GpuDetails.of("NVIDIA-SMI has failed").fastBfloat16()).isFalse();
    assertThat(GpuDetails.of("Old, [N/A]")).isEqualTo(new GpuDetails("Old", false));
  }

  @Test
  void a_tpu_is_known_by_its_device_files() throws IOException {
    Files.createFile(devices.resolve("null"));
    Files.createDirectories(devices.resolve("vfio"));
    Files.createFile(devices.resolve("vfio/vfio"));
    assertThat(DeviceList.hasTpuHardware(devices)).isFalse();

    Files.createFile(devices.resolve("vfio/0"));
    assertThat(DeviceList.hasTpuHardware(devices)).isTrue();
  }

  @Test
  void a_tpu_vm_of_the_older_kind_has_accelerator_files() throws IOException {
    Files.createFile(devices.resolve("accel0"));
    assertThat(DeviceList.hasTpuHardware(devices)).isTrue();
  }

  @Test
  void this_tensorflow_has_no_tpu_runtime() {
    assertThat(DeviceList.tpu()).isEmpty();
  }
}
