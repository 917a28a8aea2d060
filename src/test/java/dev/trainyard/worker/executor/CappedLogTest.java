package dev.trainyard.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class CappedLogTest {

  @TempDir Path folder;

  @Test
  void attempts_add_to_a_log_until_it_is_full_which_it_says_once() throws IOException {
    Path file = folder.resolve("log.txt");
    CappedLog log = new CappedLog(file, DataSize.ofMegabytes(1));
    for (int attempt = 0; attempt < 3; attempt++) {
      try (OutputStream out = log.open()) {
        out.write(new byte[600 * 1024]);
        out.write("x".repeat(10).getBytes());
      }
    }
    assertThat(Files.size(file)).isBetween(1L << 20, (1L << 20) + 100);
    assertThat(Files.readString(file)).endsWith("[The log has 1 MB; what follows is left out.]\n");
    assertThat(Files.readString(file).split("left out", -1)).hasSize(2);
  }
}
