package dev.trainyard.problem.advice;

import dev.trainyard.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Tomcat refuses by itself, before any application code runs: a path with an encoded slash, a
 * header that is too large. Its own answer would be a page of HTML.
 */
public class ContainerErrors extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    Problem problem = ProblemBody.problem(status);
    Map<String, Object> body =
        Map.of(
            "type", problem.type(),
            "title", problem.title(),
            "status", problem.status().value(),
            "detail",
                problem.title()
                    + ": its path or its headers are not valid, or more than server.max-http-request-header-size.",
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
}
