package dev.trainyard.demo;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Turns the job's successive views into one moving line, and each evaluation into one that stays.
 */
final class ProgressReport {

  private final Screen screen;
  private long evaluatedStep = -1;

  ProgressReport(Screen screen) {
    this.screen = screen;
  }

  void show(JsonNode job) {
    JsonNode status = job.path("status");
    JsonNode evaluation = status.path("metrics").path("evaluation");
    long step = evaluation.path("step").asLong(-1);
    if (step > evaluatedStep) {
      evaluatedStep = step;
      screen.line(
          "  evaluated at step %d: loss %.3f, accuracy %.1f %% of %s held-out images",
          step,
          evaluation.path("loss").asDouble(Double.NaN),
          100 * evaluation.path("accuracy").asDouble(Double.NaN),
          evaluation.path("examples").asString("the"));
    }
    screen.status(line(status));
  }

  /** One line that fits 80 columns; what is not known yet is left out. */
  private static String line(JsonNode status) {
    JsonNode progress = status.path("progress");
    JsonNode metrics = status.path("metrics");
    String state = status.path("state").asString("");
    String doing = state.equals("RUNNING") ? status.path("phase").asString(state) : state;
    StringBuilder line = new StringBuilder(format("  %-13s", doing.toLowerCase(Locale.ROOT)));
    if (progress.hasNonNull("totalSteps")) {
      line.append(
          format(
              " %d/%d %3.0f %%",
              progress.path("step").asLong(),
              progress.path("totalSteps").asLong(),
              progress.path("percent").asDouble()));
    }
    if (metrics.hasNonNull("loss")) {
      line.append(format("  loss %.3f", metrics.path("loss").asDouble()));
    }
    if (metrics.hasNonNull("accuracy")) {
      line.append(format("  acc %.0f %%", 100 * metrics.path("accuracy").asDouble()));
    }
    if (progress.hasNonNull("examplesPerSecond")) {
      line.append(format("  %.0f images/s", progress.path("examplesPerSecond").asDouble()));
    }
    if (progress.hasNonNull("eta")) {
      line.append("  " + timeLeft(Duration.parse(progress.path("eta").asString())));
    }
    return line.toString().stripTrailing();
  }

  private static String timeLeft(Duration left) {
    return left.toMinutes() == 0
        ? left.toSeconds() + " s left"
        : format("%d:%02d min left", left.toMinutes(), left.toSecondsPart());
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
