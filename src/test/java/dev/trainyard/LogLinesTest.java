package dev.trainyard;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.ColorConverter;
import org.springframework.core.io.FileSystemResource;

/** What the service's log makes of texts that others have written. */
class LogLinesTest {

  private static final FileSystemResource FILE = new FileSystemResource("application.yml");

  @ParameterizedTest
  @ValueSource(strings = {"logging.pattern.console", "logging.pattern.file"})
  void no_text_from_outside_looks_like_a_line_of_its_own(String pattern) throws IOException {
    LoggerContext context = new LoggerContext();
    PatternLayout layout = new PatternLayout();
    layout.setContext(context);
    layout.getInstanceConverterMap().put("clr", ColorConverter::new);
    layout.setPattern(
        new YamlPropertySourceLoader().load("file", FILE).get(0).getProperty(pattern).toString());
    layout.start();
    LoggingEvent event =
        new LoggingEvent(
            "caller",
            context.getLogger("a.logger"),
            Level.WARN,
            "Said {}",
            new IllegalStateException("two\r\n2026-03-01 INFO forged"),
            new Object[] {"one\n2026-03-01 INFO forged\u001b[2J\rforged"});

    List<String> lines = layout.doLayout(event).lines().toList();

    assertThat(lines.get(0)).startsWith("20").endsWith("Said one");
    assertThat(lines.get(1)).isEqualTo("  | 2026-03-01 INFO forged?[2J");
    assertThat(lines).anyMatch(it -> it.startsWith("  | java.lang.IllegalStateException: two"));
    assertThat(lines.subList(1, lines.size()))
        .hasSizeGreaterThan(5)
        .allMatch(it -> it.startsWith("  | "));
  }
}
