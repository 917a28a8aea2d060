package dev.trainyard.problem.advice;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/**
 * RFC 9457's members, {@code errors}, which is always there, and {@code traceId}, under which the
 * log has the request.
 */
final class ProblemBody {

  private ProblemBody() {}

  /** The answer, with the headers that the status asks for, such as {@code Allow}. */
  static ResponseEntity<Object> answer(ProblemException failure, HttpHeaders headers) {
    Problem problem = failure.problem();
    ProblemDetail body = ProblemDetail.forStatusAndDetail(problem.status(), failure.detail());
    body.setType(problem.type());
    body.setTitle(problem.title());
    body.setProperty("errors", failure.errors());
    traceId().ifPresent(trace -> body.setProperty("traceId", trace));
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.status()).headers(headers);
    if (failure.retryAfter() != null) {
      answer.header(HttpHeaders.RETRY_AFTER, failure.retryAfter().toString());
    }
    return answer
        // Whatever the client accepts: a refusal in no known form would be worse.
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(body);
  }

  /**
   * What the container means by a status. What it alone has, such as 417 or 501, is about requests
   * that cannot be read.
   */
  static Problem problem(int status) {
    return status == Problem.INTERNAL_ERROR.status().value()
        ? Problem.INTERNAL_ERROR // the last of several with that status
        : Arrays.stream(Problem.values())
            .filter(problem -> problem.status().value() == status)
            .findFirst()
            .orElse(Problem.MALFORMED_REQUEST);
  }

  /** Nothing where no request is observed, as on the container's own error page. */
  static Optional<String> traceId() {
    SpanContext request = Span.current().getSpanContext();
    return request.isValid() ? Optional.of(request.getTraceId()) : Optional.empty();
  }
}
