package dev.trainyard.demo.client;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** The service answered with a problem; the message is what it says about it. */
public final class ApiException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  ApiException(HttpRequest request, int status, JsonNode problem) {
    super(describe(request, status, problem));
    this.status = status;
  }

  public int status() {
    return status;
  }

  private static String describe(HttpRequest request, int status, JsonNode problem) {
    StringJoiner text = new StringJoiner("; ");
    text.add(
        request.method()
            + " "
            + request.uri().getPath()
            + " was answered with "
            + status
            + " "
            + problem.path("title").asString(""));
    if (problem.hasNonNull("detail")) {
      text.add(problem.path("detail").asString());
    }
    for (JsonNode error : problem.path("errors")) {
      text.add(error.path("field").asString("") + " " + error.path("message").asString(""));
    }
    return text.toString();
  }
}
