package dev.trainyard.problem.advice;

import dev.trainyard.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat refuses by itself, before any application code runs: a path with an encoded slash, a
 * header that is too large. Its own answer would be a page of HTML.
 */
public class ContainerErrors extends ErrorReportValve {

  /** Tomcat's own limit, which Spring Boot has no property for. */
  private static final int MOST_HEADERS = 100;

  /** Nothing but its words tells it from what cannot be read; Tomcat answers 400 to both. */
  private static final Set<String> TOO_LARGE =
      Set.of(
          StringManager.getManager(Http11InputBuffer.class)
              .getString("iib.requestheadertoolarge.error"),
          StringManager.getManager(MimeHeaders.class)
              .getString("headers.maxCountFail", MOST_HEADERS));

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    boolean tooLarge = failure != null && TOO_LARGE.contains(String.valueOf(failure.getMessage()));
    Problem problem = tooLarge ? Problem.HEADERS_TOO_LARGE : ProblemBody.problem(status);
    Map<String, Object> body =
        Map.of(
            "type", problem.type(),
            "title", problem.title(),
            "status", problem.status().value(),
            "detail", problem.title() + ": " + detail(problem),
            "errors", List.of());
    try {
      response.setStatus(problem.status().value());
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("UTF-8");
      var writer = response.getReporter();
      if (writer != null) { // null when the answer has begun
        writer.write(JsonMapper.shared().writeValueAsString(body));
        response.finishResponse();
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private static String detail(Problem problem) {
    return problem == Problem.HEADERS_TOO_LARGE
        ? "they are more than server.max-http-request-header-size together, or more than %d headers."
            .formatted(MOST_HEADERS)
        : "its path or its headers are not valid.";
  }
}
