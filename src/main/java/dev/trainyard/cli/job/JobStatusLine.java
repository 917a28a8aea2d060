package dev.trainyard.cli.job;

import dev.trainyard.cli.terminal.Figures;
import dev.trainyard.cli.terminal.Terminal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Where a job stands, in one line. */
final class JobStatusLine {

  private static final int SHORTEST_BAR = 5;
  private static final int LONGEST_BAR = 30;

  private JobStatusLine() {}

  /** What is not known yet is left out. A line that moves has a bar, of what room there is. */
  static String of(JsonNode status, Terminal terminal) {
    String doing = doing(status);
    if (status.path("state").asString("").equals("QUEUED")) {
      return doing + waiting(status.path("waiting"));
    }
    JsonNode progress = status.path("progress");
    double percent = progress.path("percent").asDouble(0);
    String figures = format(" %3.0f%%", percent) + figures(status);
    String steps =
        format("  %d/%d", progress.path("step").asLong(0), progress.path("totalSteps").asLong(0));
    if (!terminal.manners().live()) {
      return doing + figures + steps;
    }
    int room = terminal.manners().width() - doing.length() - figures.length() - 3;
    if (room - steps.length() >= SHORTEST_BAR) {
      figures += steps; // said by the percents, too
      room -= steps.length();
    }
    int width = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, room));
    return doing + " " + terminal.bar(percent / 100, width) + figures;
  }

  private static String figures(JsonNode status) {
    JsonNode progress = status.path("progress");
    JsonNode metrics = status.path("metrics");
    StringBuilder figures = new StringBuilder();
    if (progress.hasNonNull("eta")) {
      figures.append("  ETA ").append(timeLeft(progress.path("eta").asString("")));
    }
    if (metrics.path("loss").isNumber()) {
      figures.append(format("  loss %.3f", metrics.path("loss").asDouble()));
    }
    if (metrics.path("accuracy").isNumber()) {
      figures.append(format("  acc %.0f%%", 100 * metrics.path("accuracy").asDouble()));
    }
    if (progress.path("examplesPerSecond").isNumber()) {
      figures.append(format("  %.0f images/s", progress.path("examplesPerSecond").asDouble()));
    }
    return figures.toString();
  }

  /** The phase while it runs, else the state; padded, so that the bar stays where it is. */
  private static String doing(JsonNode status) {
    String state = status.path("state").asString("");
    String doing = state.equals("RUNNING") ? status.path("phase").asString(state) : state;
    return format("%-10s", doing.toLowerCase(Locale.ROOT));
  }

  private static String waiting(JsonNode waiting) {
    String place =
        waiting.path("position").asLong(0) > 0
            ? "position " + waiting.path("position").asLong(0)
            : "";
    String message = waiting.path("message").asString("");
    return " " + place + (message.isEmpty() || place.isEmpty() ? "" : ": ") + message;
  }

  private static String timeLeft(String eta) {
    try {
      return Figures.duration(Duration.parse(eta));
    } catch (DateTimeParseException e) {
      return eta;
    }
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
