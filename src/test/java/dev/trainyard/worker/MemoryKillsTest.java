package dev.trainyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MemoryKillsTest {

  @TempDir Path folder;

  @Test
  void the_kernels_counter_is_read_and_no_other() throws IOException {
    Path vmstat = folder.resolve("vmstat");
    Files.writeString(vmstat, "pgfault 12\noom_kill_disable 5\noom_kill 3\nnuma_hit 9\n");

    assertThat(MemoryKills.count(vmstat)).isEqualTo(3);
  }

  @Test
  void a_kernel_that_does_not_count_has_killed_nothing() {
    assertThat(MemoryKills.count(folder.resolve("absent"))).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void linux_has_the_counter() throws IOException {
    assertThat(Files.readString(Path.of("/proc/vmstat"))).containsPattern("(?m)^oom_kill \\d+$");
  }
}
