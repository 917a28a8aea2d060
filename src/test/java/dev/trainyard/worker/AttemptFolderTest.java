package dev.trainyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.TemporaryData;
import dev.trainyard.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Files of an attempt that does not know yet that it is over. */
@Tag("database")
@SpringBootTest(properties = "trainyard.worker.slots=0")
class AttemptFolderTest {

  static final Path data = TemporaryData.folder();

  @Autowired Storage storage;
  @TempDir Path folder;
  private Path job;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeEach
  void name() {
    job = folder.resolve("job");
  }

  @Test
  void the_next_attempt_has_what_the_last_one_left() throws IOException {
    AttemptFolder first = take(1);
    Files.createDirectories(first.checkpoints().resolve("10"));
    AttemptFolder second = take(3);
    assertThat(second.checkpoints().resolve("10")).isDirectory();
    assertThat(AttemptFolder.current(job)).contains(second);
    assertThat(take(3)).as("taken again").isEqualTo(second);
  }

  @Test
  void nothing_that_a_stale_attempt_writes_can_appear() throws IOException {
    AttemptFolder stale = take(1);
    Path halfWritten = Files.createDirectories(stale.checkpoints()).resolve(".tmp-1-20");
    Files.createDirectory(halfWritten);
    AttemptFolder current = take(2);
    assertThatThrownBy(() -> Files.move(halfWritten, stale.checkpoints().resolve("20")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.createDirectory(stale.checkpoints().resolve("30")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(current.checkpoints().resolve("20")).doesNotExist();
  }

  @Test
  void an_attempt_that_comes_too_late_is_refused_and_what_it_made_is_cleared_away()
      throws IOException {
    take(2);
    assertThatThrownBy(() -> take(1)).isInstanceOf(StaleAttemptException.class);
    Files.createDirectories(job.resolve("attempt-1").resolve("checkpoints").resolve("99"));
    AttemptFolder third = take(3);
    assertThat(third.checkpoints()).doesNotExist();
    assertThat(job.resolve("attempt-1")).doesNotExist();
    assertThat(job.resolve("attempt-2")).doesNotExist();
  }

  private AttemptFolder take(int attempt) throws IOException {
    return AttemptFolder.take(job, attempt, storage);
  }
}
