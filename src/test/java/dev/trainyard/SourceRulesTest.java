package dev.trainyard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules about the source text itself, which class files do not show. */
class SourceRulesTest {

  @Test
  void no_source_file_is_longer_than_400_lines() {
    assertThat(sources()).isNotEmpty();
    assertThat(sources()).filteredOn(file -> lines(file).size() > 400).isEmpty();
  }

  @Test
  void the_readme_is_at_most_150_lines() {
    assertThat(lines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void no_test_is_switched_off() {
    assertThat(sources())
        .filteredOn(file -> !file.endsWith("SourceRulesTest.java"))
        .filteredOn(file -> lines(file).stream().anyMatch(line -> line.contains("@Disabled")))
        .isEmpty();
  }

  @Test
  void whatever_starts_a_service_with_its_database_runs_on_both_databases() {
    Pattern starts =
        Pattern.compile(
            "^@SpringBootTest|new DatasetService\\(|RunningService\\.start\\(|SpringApplicationBuilder\\(Trainyard",
            Pattern.MULTILINE);
    assertThat(sources())
        .filteredOn(file -> file.toString().endsWith("Test.java"))
        .filteredOn(file -> starts.matcher(text(file)).find())
        .filteredOn(file -> !text(file).contains("DataSourceAutoConfiguration")) // without one
        .hasSizeGreaterThan(5)
        .allSatisfy(
            file -> assertThat(text(file)).containsAnyOf("@Tag(\"database\")", "@Tag(\"h2\")"));
  }

  @Test
  void every_main_package_says_what_it_is_for() {
    Map<Path, List<Path>> packages =
        sources().stream()
            .filter(file -> file.startsWith(Path.of("src", "main")))
            .collect(Collectors.groupingBy(Path::getParent));
    assertThat(packages)
        .allSatisfy(
            (folder, files) ->
                assertThat(files).anyMatch(file -> file.endsWith("package-info.java")));
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    return String.join("\n", lines(file));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
