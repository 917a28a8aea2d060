package dev.trainyard.cli.job;

import dev.trainyard.cli.client.Answer;
import dev.trainyard.cli.client.LogReader;
import dev.trainyard.cli.client.LongPoll;
import dev.trainyard.cli.client.ServiceClient;
import dev.trainyard.cli.terminal.Figures;
import dev.trainyard.cli.terminal.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Follows a job to its end. On a terminal one line moves; elsewhere now and then a line is added.
 */
final class JobWatch {

  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int LOG_LINES = 15;

  /** Between two lines that say nothing but how far it is, in nanoseconds. */
  private static final long SELDOM = 10_000_000_000L;

  private final ServiceClient service;
  private final Terminal terminal;
  private final String id;
  private String doing = "";
  private long lineAt;
  private long evaluatedStep = -1;
  private int attempt;

  JobWatch(ServiceClient service, Terminal terminal, String id) {
    this.service = service;
    this.terminal = terminal;
    this.id = id;
  }

  /** Returns its last answer; Ctrl-C ends the watching and not the job, and says so. */
  Answer toItsEnd() throws IOException, InterruptedException {
    Thread farewell =
        new Thread(
            () ->
                terminal.error(
                    "No longer watched; the job goes on. 'trainyard watch %s' looks again, 'trainyard cancel %s' ends it."
                        .formatted(id, id)));
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      LongPoll job = new LongPoll(service, "/api/v1/jobs/" + id, WAIT);
      while (true) {
        Optional<Answer> news = job.next();
        if (news.isPresent()) {
          JsonNode status = news.get().json().path("status");
          if (JobFinder.ENDED.contains(status.path("state").asString(""))) {
            end(status);
            return news.get();
          }
          show(status);
        }
      }
    } finally {
      keepQuiet(farewell);
    }
  }

  private static void keepQuiet(Thread farewell) {
    try {
      Runtime.getRuntime().removeShutdownHook(farewell);
    } catch (IllegalStateException e) {
      // it has been said
    }
  }

  private void show(JsonNode status) {
    int now = status.path("attempt").asInt(0);
    if (now > attempt && now > 1) {
      terminal.line("attempt %d begins".formatted(now));
    }
    attempt = now;
    evaluated(status.path("metrics").path("evaluation"));
    String line = JobStatusLine.of(status, terminal);
    if (terminal.manners().live()) {
      terminal.status(line);
      return;
    }
    // An evaluation has a line of its own, and checkpoints are many.
    String phase = status.path("phase").asString("").replaceFirst("EVALU.*|CHECK.*", "TRAINING");
    String by = status.path("state").asString("") + phase;
    if (!by.equals(doing) || System.nanoTime() - lineAt > SELDOM) {
      terminal.line(line);
      doing = by;
      lineAt = System.nanoTime();
    }
  }

  private void evaluated(JsonNode evaluation) {
    long step = evaluation.path("step").asLong(-1);
    if (step > evaluatedStep) {
      evaluatedStep = step;
      terminal.line(
          String.format(
              Locale.ROOT,
              "evaluated at step %d: loss %.4f, accuracy %.1f %% of %d held-out images",
              step,
              evaluation.path("loss").asDouble(Double.NaN),
              100 * evaluation.path("accuracy").asDouble(Double.NaN),
              evaluation.path("examples").asLong(0)));
    }
  }

  private void end(JsonNode status) throws IOException, InterruptedException {
    evaluated(status.path("metrics").path("evaluation"));
    String state = status.path("state").asString("");
    StringBuilder said = new StringBuilder();
    String start = status.path("startTime").asString("");
    String end = status.path("endTime").asString("");
    if (!start.isEmpty() && !end.isEmpty()) {
      said.append("after ")
          .append(Figures.duration(Duration.between(Instant.parse(start), Instant.parse(end))));
    }
    JsonNode model = status.path("model");
    if (model.hasNonNull("name")) {
      said.append(", model ")
          .append(model.path("name").asString(""))
          .append(":")
          .append(model.path("version").asInt(0));
    }
    terminal.line(state, said.toString());
    if (state.equals("FAILED")) {
      terminal.error(
          status.path("reason").asString(state) + ": " + status.path("message").asString(""));
      for (String line : new LogReader(service, id).tail(LOG_LINES)) {
        terminal.error("  " + line.strip());
      }
    }
  }
}
