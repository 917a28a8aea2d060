package dev.trainyard.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page's files may not have, so that its policy holds. */
class PageFilesTest {

  private static final Path ROOT = Path.of("src/main/resources/static");
  private static final Pattern IMPORT = Pattern.compile("(?:from |import\\(?)'(\\.[^']+)'");

  @Test
  void no_file_is_longer_than_400_lines() throws IOException {
    for (Path file : files(".js", ".css", ".html")) {
      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400);
    }
  }

  @Test
  void nothing_is_inline_and_nothing_comes_from_elsewhere() throws IOException {
    for (Path page : files(".html")) {
      String html = Files.readString(page);
      assertThat(html).doesNotContainPattern("<script(?![^>]*\\bsrc=)").doesNotContain("<style");
      assertThat(html).doesNotContainPattern("\\s(style|on[a-z]+)=");
    }
    for (Path file : files(".js", ".css", ".html")) {
      assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
          .as(file.toString())
          .doesNotContainPattern("https?://[a-z]")
          .doesNotContainPattern("(src|href)=\"//");
    }
  }

  @Test
  void no_text_ever_becomes_html_or_code() throws IOException {
    for (Path file : files(".js")) {
      assertThat(Files.readString(file))
          .as(file.toString())
          .doesNotContainPattern(
              "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(")
          .doesNotContainPattern("new Function|DOMParser|createContextualFragment|srcdoc");
    }
  }

  @Test
  void every_import_leads_to_a_file() throws IOException {
    for (Path file : files(".js")) {
      for (MatchResult found : IMPORT.matcher(Files.readString(file)).results().toList()) {
        Path target = file.resolveSibling(found.group(1)).normalize();
        if (target.startsWith(ROOT.resolve("webjars"))) {
          continue; // the browser's test sees it
        }
        assertThat(target).as("imported by " + file).isRegularFile();
      }
    }
  }

  private static List<Path> files(String... endings) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      List<Path> found =
          all.filter(Files::isRegularFile)
              .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
              .toList();
      assertThat(found).isNotEmpty();
      return found;
    }
  }
}
