package dev.trainyard.dataset.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArchiveTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(10, 1000, 100_000);

  @TempDir Path root;
  private Path bounds;
  private Path folder;

  @BeforeEach
  void fill() throws IOException {
    bounds = Files.createDirectory(root.toRealPath().resolve("allowed"));
    folder = Files.createDirectories(bounds.resolve("flowers"));
    Files.createDirectory(folder.resolve("daisy"));
    Files.writeString(folder.resolve("daisy/1.jpg"), "abc");
    Files.writeString(root.resolve("secret"), "secret");
  }

  @Test
  void files_are_listed_and_read() throws IOException {
    try (Archive archive = open()) {
      assertThat(archive.entries()).containsExactly(new ArchiveEntry("daisy/1.jpg", 3));
      assertThat(archive.read("daisy/1.jpg")).hasSize(3);
    }
  }

  @Test
  void a_link_is_followed_only_within_the_bounds() throws IOException {
    Files.writeString(bounds.resolve("shared.jpg"), "shared");
    Files.createSymbolicLink(folder.resolve("in.jpg"), bounds.resolve("shared.jpg"));
    Files.createSymbolicLink(folder.resolve("out.jpg"), root.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("up"), root);
    Files.createSymbolicLink(folder.resolve("circle"), folder);
    try (Archive archive = open()) {
      assertThat(archive.entries())
          .extracting(ArchiveEntry::name)
          .containsExactlyInAnyOrder("daisy/1.jpg", "in.jpg", "out.jpg", "up", "circle");
      assertThat(archive.read("in.jpg")).hasSize(6);
      assertThatThrownBy(() -> archive.read("out.jpg")).hasMessageContaining("leads out");
      assertThatThrownBy(() -> archive.read("up")).hasMessageContaining("leads out");
      assertThatThrownBy(() -> archive.read("circle")).hasMessage("is not a regular file");
    }
  }

  @Test
  void what_becomes_a_link_after_it_was_listed_is_not_followed_out() throws IOException {
    try (Archive archive = open()) {
      Files.move(folder.resolve("daisy"), root.resolve("elsewhere"));
      Files.createSymbolicLink(folder.resolve("daisy"), root.resolve("elsewhere"));
      assertThatThrownBy(() -> archive.read("daisy/1.jpg")).hasMessageContaining("leads out");
    }
    // The resolved path, exchanged between its resolution and its opening.
    assertThatThrownBy(() -> Descent.open(bounds, Path.of("flowers/daisy/1.jpg")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_pipe_keeps_nobody_waiting() throws Exception {
    Process made = new ProcessBuilder("mkfifo", folder.resolve("pipe.jpg").toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0).isTrue();
    try (Archive archive = open()) {
      assertThatThrownBy(() -> archive.read("pipe.jpg")).hasMessage("is not a regular file");
    }
  }

  @Test
  void what_changes_or_goes_meanwhile_is_refused() throws IOException {
    Files.writeString(folder.resolve("gone.jpg"), "x");
    try (Archive archive = open()) {
      archive.read("daisy/1.jpg");
      Files.writeString(folder.resolve("daisy/1.jpg"), "abd");
      Files.delete(folder.resolve("gone.jpg"));
      assertThatThrownBy(() -> archive.read("daisy/1.jpg"))
          .isInstanceOf(ArchiveException.class)
          .hasMessage("has changed while it was read");
      assertThatThrownBy(() -> archive.read("gone.jpg"))
          .isInstanceOf(ArchiveException.class)
          .hasMessage("is no longer in the folder");
    }
  }

  @Test
  void a_folder_with_too_many_files_is_refused() throws IOException {
    for (int i = 0; i < 10; i++) {
      Files.createFile(folder.resolve("f" + i));
    }
    assertThatThrownBy(this::open).hasMessageContaining("has 11 entries");
  }

  @Test
  void only_allowed_folders_are_found_and_no_other_is_told_of() throws IOException {
    AllowedFolders folders = new AllowedFolders(List.of(root.resolve("missing"), bounds));
    assertThat(folders.find("flowers").place()).isEqualTo(folder);
    assertThat(folders.find(folder.toString()).bounds()).isEqualTo(bounds);
    Files.createSymbolicLink(bounds.resolve("out"), root);
    for (String asked :
        List.of("out", "/", root.toString(), "..", "none", "flowers/daisy/1.jpg", "a\0b")) {
      assertThatThrownBy(() -> folders.find(asked))
          .as(asked)
          .hasMessage("is not a folder in one that the operator has allowed");
    }
    assertThatThrownBy(() -> new AllowedFolders(List.of()).find("flowers"))
        .hasMessageContaining("has allowed no folder");
  }

  private Archive open() throws IOException {
    return Archive.openFolder(folder, bounds, LIMITS);
  }
}
