package dev.trainyard.cli.job;

import dev.trainyard.cli.terminal.Figures;
import dev.trainyard.cli.terminal.Terminal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Where a job stands, in one line. */
final class JobStatusLine {

  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 30;

  private JobStatusLine() {}

  /** What is not known yet is left out; the bar takes what room there is. */
  static String of(JsonNode status, Terminal terminal) {
    JsonNode progress = status.path("progress");
    String doing = doing(status);
    if (status.path("state").asString("").equals("QUEUED")) {
      return doing + waiting(status.path("waiting"));
    }
    StringBuilder figures = new StringBuilder();
    if (progress.path("totalSteps").asLong(0) > 0) {
      figures.append(
          format(
              " %3.0f%%  %d/%d",
              progress.path("percent").asDouble(0),
              progress.path("step").asLong(0),
              progress.path("totalSteps").asLong(0)));
    }
    JsonNode metrics = status.path("metrics");
    if (metrics.path("loss").isNumber()) {
      figures.append(format("  loss %.4f", metrics.path("loss").asDouble()));
    }
    if (metrics.path("accuracy").isNumber()) {
      figures.append(format("  acc %.0f%%", 100 * metrics.path("accuracy").asDouble()));
    }
    if (progress.path("examplesPerSecond").isNumber()) {
      figures.append(format("  %.0f images/s", progress.path("examplesPerSecond").asDouble()));
    }
    if (progress.hasNonNull("eta")) {
      figures.append("  ETA ").append(timeLeft(progress.path("eta").asString("")));
    }
    int room = terminal.manners().width() - doing.length() - figures.length() - 3;
    int width = Math.max(SHORTEST_BAR, Math.min(LONGEST_BAR, room));
    String bar = terminal.bar(progress.path("percent").asDouble(0) / 100, width);
    return doing + " " + bar + figures;
  }

  /** The phase while it runs, else the state; padded, so that the bar stays where it is. */
  private static String doing(JsonNode status) {
    String state = status.path("state").asString("");
    String doing = state.equals("RUNNING") ? status.path("phase").asString(state) : state;
    return format("%-13s", doing.toLowerCase(Locale.ROOT));
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
