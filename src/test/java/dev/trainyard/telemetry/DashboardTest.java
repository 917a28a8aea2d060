package dev.trainyard.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is drawn and what is warned of is what a scrape shows. */
class DashboardTest {

  private static final Path DOCKER = Path.of("docker");
  private static final Pattern NAME = Pattern.compile("\\btrainyard_[a-z_]+");

  @ParameterizedTest
  @ValueSource(strings = {"grafana/dashboards/trainyard.json", "prometheus/alerts.yml"})
  void every_metric_that_is_asked_for_is_measured(String file) throws IOException {
    Set<String> asked = names(DOCKER.resolve(file));
    assertThat(asked).hasSizeGreaterThan(5);
    assertThat(names(Path.of("src/docs/metrics.md"))).containsAll(asked);
  }

  @Test
  void panels_have_titles_queries_and_places_of_their_own() throws IOException {
    JsonNode panels =
        SpecJson.MAPPER
            .readTree(Files.readString(DOCKER.resolve("grafana/dashboards/trainyard.json")))
            .get("panels");
    List<JsonNode> drawn =
        panels.valueStream().filter(panel -> !panel.get("type").asString().equals("row")).toList();
    assertThat(drawn).isNotEmpty();
    for (JsonNode panel : drawn) {
      assertThat(panel.get("title").asString()).isNotBlank();
      assertThat(panel.at("/targets/0/expr").asString()).isNotBlank();
    }
    assertThat(panels.valueStream().map(panel -> panel.get("gridPos").toString()))
        .doesNotHaveDuplicates();
  }

  private static Set<String> names(Path file) throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(Files.readString(file));
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }
}
