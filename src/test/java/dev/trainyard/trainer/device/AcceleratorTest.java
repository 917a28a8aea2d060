package dev.trainyard.trainer.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.Precision;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.DeviceSpec;
import org.tensorflow.proto.RewriterConfig;

class AcceleratorTest {

  @Test
  void one_cpu_replica_needs_no_device_of_its_own() {
    Accelerator cpu = cpu(1, Precision.FLOAT32);
    assertThat(cpu.replicaDevices()).isEmpty();
    assertThat(cpu.description()).matches("CPU, \\d+ threads");
  }

  @Test
  void cpu_replicas_are_logical_devices() {
    Accelerator cpu = cpu(3, Precision.FLOAT32);
    assertThat(cpu.replicaDevices())
        .extracting(DeviceSpec::toString)
        .containsExactly("/device:CPU:0", "/device:CPU:1", "/device:CPU:2");
    assertThat(cpu.session().getDeviceCountMap()).containsEntry("CPU", 3);
  }

  @Test
  void bfloat16_is_for_who_asks_for_it_and_auto_for_who_gains_by_it() {
    boolean fast = CpuFeatures.ofThisMachine().fastBfloat16();
    assertThat(isMixed(cpu(1, Precision.FLOAT32))).isFalse();
    assertThat(isMixed(cpu(1, Precision.BFLOAT16))).isTrue();
    assertThat(isMixed(cpu(1, Precision.AUTO))).isEqualTo(fast);
    assertThat(cpu(1, Precision.AUTO).precision())
        .isEqualTo(fast ? Precision.BFLOAT16 : Precision.FLOAT32);
  }

  @ParameterizedTest
  @CsvSource({
    "flags\t\t: fpu avx512f avx512_bf16, true",
    "flags\t\t: fpu amx_bf16 amx_tile, true",
    "Features\t: fp asimd bf16, true",
    "flags\t\t: fpu avx2 avx512f, false",
    "model name\t: bf16, false"
  })
  void a_processor_says_whether_it_has_bfloat16(String line, boolean fast) {
    assertThat(CpuFeatures.of(Stream.of("processor\t: 0", line)).fastBfloat16()).isEqualTo(fast);
  }

  @Test
  void an_accelerator_that_is_not_there_is_refused_in_plain_words() {
    assertThatThrownBy(() -> of(AcceleratorSpec.Type.GPU))
        .isInstanceOf(AcceleratorUnavailableException.class)
        .hasMessageContaining("no GPU")
        .hasMessageContaining("-Pgpu");
    assertThatThrownBy(() -> of(AcceleratorSpec.Type.TPU))
        .isInstanceOf(AcceleratorUnavailableException.class)
        .hasMessageContaining("no TPU runtime loaded")
        .hasMessageContaining("TPU VM");
  }

  private static boolean isMixed(Accelerator accelerator) {
    return accelerator
            .session()
            .getGraphOptions()
            .getRewriteOptions()
            .getAutoMixedPrecisionOnednnBfloat16()
        == RewriterConfig.Toggle.ON;
  }

  private static Accelerator cpu(int replicas, Precision precision) {
    return Accelerator.of(new AcceleratorSpec(AcceleratorSpec.Type.CPU, replicas), precision);
  }

  private static Accelerator of(AcceleratorSpec.Type type) {
    return Accelerator.of(new AcceleratorSpec(type, null), Precision.AUTO);
  }
}
