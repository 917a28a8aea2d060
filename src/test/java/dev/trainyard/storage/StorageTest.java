package dev.trainyard.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

class StorageTest {

  @TempDir Path root;

  private final List<Storage> opened = new ArrayList<>();

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
    Storage crashed = storage();
    Path half = crashed.newTemporaryFolder();
    Files.writeString(half.resolve("file"), "half");
    crashed.close();
    storage();
    assertThat(half).doesNotExist();
    assertThat(root.resolve("tmp")).isDirectoryContaining("glob:**/instance-1");
  }

  @Test
  void what_another_living_process_writes_is_not_swept() throws IOException {
    StorageProperties shared = new StorageProperties(root, true, DataSize.ofMegabytes(1));
    Storage first = new Storage(shared, "first");
    opened.add(first);
    Storage second = new Storage(shared, "second");
    opened.add(second);
    Path writing = first.newTemporaryFolder();
    second.clearAway();
    assertThat(writing).exists();
  }

  @Test
  void a_second_service_on_the_same_folder_is_refused_and_touches_nothing() throws IOException {
    Path upload = storage().newTemporaryFolder();
    assertThatThrownBy(this::storage)
        .isInstanceOf(DataFolderInUseException.class)
        .hasMessageContaining(root.toString());
    assertThat(upload).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "./data", "x/../data"})
  void a_relative_data_folder_is_of_the_working_directory_however_it_is_written(String written) {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addLast(new MapPropertySource("file", Map.of("trainyard.data-dir", written)));
    new ThisInstance().postProcessEnvironment(environment, new SpringApplication());
    assertThat(environment.getProperty("trainyard.data-dir"))
        .isEqualTo(Path.of("data").toAbsolutePath().toString());
  }

  @AfterEach
  void close() throws IOException {
    for (Storage storage : opened) {
      storage.close();
    }
  }

  private Storage storage() {
    Storage storage =
        new Storage(
            new StorageProperties(root, false, DataSize.ofMegabytes(1)),
            "instance-" + opened.size());
    opened.add(storage);
    return storage;
  }
}
