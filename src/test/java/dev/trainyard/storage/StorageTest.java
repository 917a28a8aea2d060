package dev.trainyard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class StorageTest {

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "",
        "a/b",
        "a\\b",
        "/etc",
        "C:",
        "a\u0000",
        "%2e%2e",
        ".hidden",
        "\uD83C\uDF37"
      })
  void a_key_that_is_no_plain_name_never_becomes_a_path(String key) {
    Storage storage = storage();
    assertThatThrownBy(() -> storage.of("jobs", key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void what_is_published_is_there_whole_and_what_was_aside_is_gone() throws IOException {
    Storage storage = storage();
    Path aside = storage.newTemporaryFolder();
    Files.createDirectories(aside.resolve("inner"));
    Files.writeString(aside.resolve("inner").resolve("file"), "content");
    Path target = storage.of("models", "flowers", "1");
    storage.publish(aside, target);
    assertThat(target.resolve("inner").resolve("file")).hasContent("content");
    assertThat(aside).doesNotExist();
    storage.deleteTree(target);
    storage.deleteTree(target); // already gone
    assertThat(target).doesNotExist();
  }

  @Test
  void what_a_crash_left_half_written_is_swept_at_the_next_start() throws IOException {
    Path half = storage().newTemporaryFolder();
    Files.writeString(half.resolve("file"), "half");
    storage();
    assertThat(half).doesNotExist();
    assertThat(root.resolve("tmp")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "./data", "x/../data"})
  void a_relative_data_folder_is_of_the_working_directory_however_it_is_written(String written) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("file", Map.of("trainyard.data-dir", written)));
    new AbsoluteDataFolder().postProcessEnvironment(environment, new SpringApplication());
    assertThat(environment.getProperty("trainyard.data-dir"))
        .isEqualTo(Path.of("data").toAbsolutePath().toString());
  }

  private Storage storage() {
    return new Storage(new StorageProperties(root));
  }
}
