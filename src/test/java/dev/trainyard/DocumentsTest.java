package dev.trainyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point at is there. */
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");
  private static final Path DECISIONS = Path.of("src/docs/adr");

  @Test
  void every_relative_link_leads_to_a_file() throws IOException {
    List<Path> documents = documents();
    assertThat(documents).hasSizeGreaterThan(5);
    for (Path document : documents) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        assertThat(document.resolveSibling(link.group(1))).as("link in " + document).exists();
      }
    }
  }

  @Test
  void every_decision_stands_in_the_index() throws IOException {
    String index = Files.readString(DECISIONS.resolve("README.md"));
    try (Stream<Path> files = Files.list(DECISIONS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.matches("\\d{4}-.*\\.md"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(index).contains("](" + name + ")"));
    }
  }

  @Test
  void the_readme_names_every_module() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    try (Stream<Path> folders = Files.list(Path.of("src/main/java/dev/trainyard"))) {
      assertThat(folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()))
          .isNotEmpty()
          .allSatisfy(module -> assertThat(readme).contains("| `" + module + "` |"));
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> top = Files.list(Path.of(""));
        Stream<Path> docs = Files.walk(Path.of("src/docs"));
        Stream<Path> docker = Files.list(Path.of("docker"))) {
      return Stream.of(top, docs, docker)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }
}
