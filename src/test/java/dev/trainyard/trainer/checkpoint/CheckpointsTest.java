package dev.trainyard.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  @TempDir Path root;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void the_newest_three_are_kept() throws IOException {
    Checkpoints checkpoints = new Checkpoints(root, 1);
    for (long step : new long[] {8, 9, 10, 11, 100}) {
      checkpoints.write(step, Duration.ZERO, saving("weights of " + step));
      checkpoints.keep(3, OptionalLong.empty());
    }

    assertThat(names()).containsExactlyInAnyOrder("10", "11", "100");
    Checkpoint newest = checkpoints.newest(warnings::add).orElseThrow();
    assertThat(newest.step()).isEqualTo(100);
    assertThat(Path.of(newest.prefix() + ".data")).hasContent("weights of 100");
    assertThat(newest.bytes()).isEqualTo("weights of 100".length());
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_damaged_checkpoint_gives_way_to_an_older_one_with_a_warning() throws IOException {
    Checkpoints checkpoints = new Checkpoints(root, 1);
    for (long step : new long[] {10, 20, 30}) {
      checkpoints.write(step, Duration.ZERO, saving("0123456789"));
    }
    Files.writeString(root.resolve("30/variables.data"), "0123456780");
    Files.delete(root.resolve("20/manifest.json"));

    assertThat(checkpoints.newest(warnings::add).orElseThrow().step()).isEqualTo(10);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("step 30", "variables.data", "SHA-256");
    assertThat(warnings.get(1)).contains("step 20", "manifest.json");
  }

  @Test
  void a_missing_or_cut_off_file_is_damage_too() throws IOException {
    Checkpoints checkpoints = new Checkpoints(root, 1);
    checkpoints.write(1, Duration.ZERO, saving("0123456789"));
    checkpoints.write(2, Duration.ZERO, saving("0123456789"));
    Files.writeString(root.resolve("2/variables.data"), "01234");
    Files.delete(root.resolve("1/variables.data"));

    assertThat(checkpoints.newest(warnings::add)).isEmpty();
    assertThat(warnings.get(0)).contains("5 bytes instead of 10");
    assertThat(warnings.get(1)).contains("is missing");
  }

  @Test
  void a_good_checkpoint_of_the_same_step_stays_and_a_damaged_one_is_replaced() throws IOException {
    Checkpoints checkpoints = new Checkpoints(root, 1);
    checkpoints.write(5, Duration.ZERO, saving("first"));
    checkpoints.write(5, Duration.ZERO, saving("second"));
    assertThat(root.resolve("5/variables.data")).hasContent("first");

    Files.writeString(root.resolve("5/variables.data"), "fir");
    checkpoints.write(5, Duration.ZERO, saving("third"));
    assertThat(root.resolve("5/variables.data")).hasContent("third");
    assertThat(names()).containsExactly("5");
  }

  @Test
  void what_an_attempt_left_unfinished_is_cleared_away() throws IOException {
    Files.createDirectories(root.resolve(".tmp-1-40"));
    Files.writeString(root.resolve(".tmp-1-40/variables.data"), "half");

    assertThat(new Checkpoints(root, 2).newest(warnings::add)).isEmpty();
    assertThat(names()).isEmpty();
  }

  @Test
  void a_checkpoint_that_cannot_be_written_leaves_nothing_behind() throws IOException {
    Checkpoints checkpoints = new Checkpoints(root, 1);
    Consumer<Path> full =
        prefix -> {
          saving("half").accept(prefix);
          throw new IllegalStateException("No space left on device");
        };

    assertThatThrownBy(() -> checkpoints.write(7, Duration.ZERO, full))
        .hasMessageContaining("No space");
    assertThat(names()).isEmpty();
  }

  private List<String> names() throws IOException {
    try (var folders = Files.list(root)) {
      return folders.map(folder -> folder.getFileName().toString()).toList();
    }
  }

  private static Consumer<Path> saving(String content) {
    return prefix -> {
      try {
        Files.writeString(Path.of(prefix + ".data"), content);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
