package dev.trainyard.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceListTest {

  @TempDir Path devices;

  @Test
  void a_processor_is_called_what_it_calls_itself() {
    assertThat(CpuFeatures.model(Stream.of("vendor_id\t: x", "model name\t: AMD EPYC 9R14")))
        .isEqualTo("AMD EPYC 9R14");
    assertThat(CpuFeatures.model(Stream.empty())).isEqualTo(System.getProperty("os.arch"));
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
