package dev.trainyard.model.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.hostile.Spellings;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArchiveTest {

  private static final List<String> MODEL =
      List.of(
          "saved_model.pb",
          "variables/variables.index",
          "variables/variables.data-00000-of-00001",
          "assets/labels.txt");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "./", "my model/"})
  void a_model_is_unpacked_wherever_it_stands(String before) throws IOException {
    List<String> names =
        Stream.concat(MODEL.stream().map(before::concat), Stream.of("__MACOSX/._x")).toList();
    for (Path archive : List.of(zip(names), tarGz(names, TarConstants.LF_NORMAL))) {
      assertThat(unpack(archive)).containsExactlyInAnyOrderElementsOf(MODEL);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../saved_model.pb",
        "assets/../../leak",
        "..\\leak",
        "saved_model.pbtxt",
        "variables/../saved_model.pb",
        "assets/sub/file",
        "assets/.hidden",
        "code/main.py",
        "saved_model.cpb"
      })
  void a_file_that_no_savedmodel_has_is_refused_and_named(String name) throws IOException {
    for (Path archive :
        List.of(
            zip(List.of("saved_model.pb", name)),
            tarGz(List.of("saved_model.pb", name), TarConstants.LF_NORMAL))) {
      assertThatThrownBy(() -> unpack(archive))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_ARCHIVE))
          .satisfies( // zip itself turns the slashes
              e -> assertThat(e.getMessage().replace('\\', '/')).contains(name.replace('\\', '/')));
    }
    assertThat(folder.getParent().resolve("leak")).doesNotExist();
  }

  @Test
  void links_are_refused() throws IOException {
    for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
      assertThatThrownBy(() -> unpack(tarGz(List.of("saved_model.pb"), kind)))
          .hasMessageContaining("no plain file");
    }
    Path zip = folder.resolve("links.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("saved_model.pb");
      entry.setUnixMode(0120777);
      out.putArchiveEntry(entry);
      out.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
      out.closeArchiveEntry();
    }
    assertThatThrownBy(() -> unpack(zip)).hasMessageContaining("no plain file");
  }

  @Test
  void what_is_too_much_twice_or_no_archive_is_refused() throws IOException {
    Path model = zip(MODEL);
    assertThatThrownBy(() -> ModelArchive.unpack(model, empty(), 10))
        .hasMessageContaining("max-size");
    Path twice = tarGz(List.of("saved_model.pb", "saved_model.pb"), TarConstants.LF_NORMAL);
    assertThatThrownBy(() -> unpack(twice)).hasMessageContaining("twice");
    assertThatThrownBy(() -> unpack(zip(List.of("assets/labels.txt"))))
        .hasMessageContaining("no saved_model.pb");
    Path text = Files.writeString(folder.resolve("text"), "hello");
    assertThatThrownBy(() -> unpack(text)).hasMessageContaining("no zip or tar.gz");
    byte[] bytes = Files.readAllBytes(tarGz(MODEL, TarConstants.LF_NORMAL));
    Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> unpack(cut)).isInstanceOf(ProblemException.class);
  }

  @Test
  void no_spelling_of_a_path_becomes_a_file() throws IOException {
    Path canary = Files.writeString(folder.resolve("canary.txt"), "untouched");
    for (String name : Spellings.of(canary)) {
      if (StandardCharsets.UTF_8.newEncoder().canEncode(name) && !name.endsWith("/")) {
        for (Path archive :
            List.of(
                zip(List.of("saved_model.pb", name)),
                tarGz(List.of("saved_model.pb", name), TarConstants.LF_NORMAL))) {
          assertThatThrownBy(() -> unpack(archive)).as(name).isInstanceOf(ProblemException.class);
        }
      }
    }
    assertThat(canary).hasContent("untouched");
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile).map(it -> it.getFileName().toString()))
          .allMatch(it -> it.matches("canary.txt|saved_model.pb|model\\d+\\.(zip|tgz)"));
    }
  }

  @Test
  void names_that_are_one_file_on_some_systems_are_refused() throws IOException {
    assertThatThrownBy(
            () -> unpack(zip(List.of("saved_model.pb", "assets/Words.txt", "assets/words.txt"))))
        .hasMessageContaining("twice");
  }

  /** The tar reader holds a name in memory, and skips what belongs to no file. */
  @Test
  void a_name_of_many_megabytes_is_not_held() throws IOException {
    Path tar = folder.resolve("long.tgz");
    try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(tar));
        TarArchiveOutputStream out = new TarArchiveOutputStream(file)) {
      TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
      name.setSize(64L << 20);
      out.putArchiveEntry(name);
      byte[] letters = new byte[1 << 20];
      java.util.Arrays.fill(letters, (byte) 'a');
      for (int i = 0; i < 64; i++) {
        out.write(letters);
      }
      out.closeArchiveEntry();
    }
    assertThatThrownBy(() -> unpack(tar)).hasMessageContaining("stand between two files");
  }

  private List<String> unpack(Path archive) throws IOException {
    Path into = empty();
    ModelArchive.unpack(archive, into, 1 << 20);
    try (Stream<Path> files = Files.walk(into)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> into.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  private Path empty() throws IOException {
    return Files.createTempDirectory(folder, "model");
  }

  private Path zip(List<String> names) throws IOException {
    Path zip = Files.createTempFile(folder, "model", ".zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
      for (String name : names) {
        out.putArchiveEntry(new ZipArchiveEntry(name));
        out.write("some content".getBytes(StandardCharsets.UTF_8));
        out.closeArchiveEntry();
      }
    }
    return zip;
  }

  private Path tarGz(List<String> names, byte kind) throws IOException {
    Path tar = Files.createTempFile(folder, "model", ".tgz");
    byte[] content = "some content".getBytes(StandardCharsets.UTF_8);
    try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(tar));
        TarArchiveOutputStream out = new TarArchiveOutputStream(file, "UTF-8")) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
        if (kind == TarConstants.LF_NORMAL) {
          entry.setSize(content.length);
        } else {
          entry.setLinkName("/etc/passwd");
        }
        out.putArchiveEntry(entry);
        if (kind == TarConstants.LF_NORMAL) {
          out.write(content);
        }
        out.closeArchiveEntry();
      }
    }
    return tar;
  }
}
