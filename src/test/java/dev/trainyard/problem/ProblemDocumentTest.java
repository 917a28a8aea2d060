package dev.trainyard.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {

  private static final Path DOCUMENT = Path.of("src/docs/problems.md");

  @Test
  void the_document_lists_every_problem_in_the_order_of_the_enum() throws IOException {
    List<String> expected = Arrays.stream(Problem.values()).map(ProblemDocumentTest::row).toList();

    assertThat(rows().stream().map(row -> row.replaceAll("[^|]*\\|$", "")))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void the_document_says_when_each_problem_arises() throws IOException {
    assertThat(rows())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).matches(".*\\| [A-Z].{20,}\\. \\|"));
  }

  private static String row(Problem problem) {
    return "| `%s` | %d | %s |"
        .formatted(problem.type(), problem.status().value(), problem.title());
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| `")).toList();
  }
}
