package dev.trainyard.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {

  private static final Path DOCUMENT = Path.of("src/docs/metrics.md");

  @Test
  void the_document_lists_every_metric_as_prometheus_sees_it() throws IOException {
    List<String> rows =
        Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("| `")).toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            Arrays.stream(TrainyardMetric.values()).map(MetricsDocumentTest::row).toList());
  }

  private static String row(TrainyardMetric metric) {
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            metric.metricName(),
            scrapedNames(metric).stream()
                .map(name -> "`" + name + "`")
                .collect(Collectors.joining(", ")),
            metric.kind().name().toLowerCase(Locale.ROOT),
            metric.unit().isEmpty() ? "-" : metric.unit(),
            metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", ")),
            metric.description());
  }

  /** What a scrape shows once the meter has been used, in its order. */
  private static List<String> scrapedNames(TrainyardMetric metric) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ServiceMetrics metrics = new ServiceMetrics(registry);
    String[] tags = metric.tags().toArray(String[]::new);
    switch (metric.kind()) {
      case GAUGE -> metrics.gauge(metric, () -> 1, tags);
      case COUNTER -> metrics.counter(metric, tags).increment();
      case TIMER -> metrics.timer(metric, tags).record(java.time.Duration.ofSeconds(1));
      case LONG_TASK_TIMER -> metrics.active(metric, tags);
      case SUMMARY -> metrics.summary(metric, tags).record(1);
    }
    return registry
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceAll("[{ ].*", ""))
        .distinct()
        .toList();
  }
}
