package dev.trainyard.cli.client;

import java.io.IOException;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/**
 * The service answered with a problem. The message has a line for what it is, and one for each
 * field: {@code training.steps: must be at least 1}.
 */
public final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final boolean passing;

  /**
   * @param problem its body; of something between us and the service it may be anything
   */
  RefusedException(int status, JsonNode problem) {
    super(describe(status, problem));
    this.status = status;
    this.passing =
        (status >= 502 && status <= 504)
            || problem.path("type").asString("").endsWith("/request-in-progress");
  }

  /** There is no such thing. */
  public RefusedException(String message) {
    super(message);
    this.status = 404;
    this.passing = false;
  }

  public int status() {
    return status;
  }

  /** Whether the same request may succeed in a while. */
  boolean isPassing() {
    return passing;
  }

  private static String describe(int status, JsonNode problem) {
    String title = problem.path("title").asString("");
    String detail = problem.path("detail").asString("");
    StringJoiner lines = new StringJoiner("\n");
    lines.add((title.isEmpty() ? "The service answered " + status : title) + " (" + status + ")");
    JsonNode errors = problem.path("errors");
    if (errors.isEmpty() && !detail.isEmpty()) {
      lines.add(detail);
    }
    for (JsonNode error : errors) {
      lines.add(error.path("field").asString("") + ": " + error.path("message").asString(""));
    }
    return lines.toString();
  }
}
