package dev.trainyard.problem.advice;

import dev.trainyard.problem.DatabaseUnavailable;
import dev.trainyard.problem.DiskFull;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.sql.SQLException;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every exception with {@code application/problem+json}. What the service did not foresee
 * becomes a 500 that says nothing but a trace id, under which the log has the whole story.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
  private static final String RETRY_SECONDS = "5";

  @ExceptionHandler(ProblemException.class)
  ResponseEntity<Object> onProblem(ProblemException failure) {
    return ProblemBody.answer(failure, HttpHeaders.EMPTY);
  }

  @ExceptionHandler(Exception.class)
  @Nullable ResponseEntity<Object> onAnythingElse(Exception exception) {
    if (DisconnectedClientHelper.isClientDisconnectedException(exception)) {
      LOG.debug("The client went away", exception);
      return null;
    }
    return DatabaseUnavailable.isBehind(exception) && !DiskFull.isBehind(exception)
        ? withoutDatabase(exception)
        : ProblemBody.answer(unforeseen(exception), HttpHeaders.EMPTY);
  }

  /** Where Spring's own exceptions arrive, with the headers that belong to their status. */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception exception,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    ProblemException failure = RequestProblems.of(exception, status);
    return ProblemBody.answer(failure == null ? unforeseen(exception) : failure, headers);
  }

  /** PostgreSQL's text has no NUL, so it refuses even to look for one. */
  private static boolean hasNul(Exception exception) {
    return NestedExceptionUtils.getMostSpecificCause(exception) instanceof SQLException sql
        && "22021".equals(sql.getSQLState());
  }

  private static ResponseEntity<Object> withoutDatabase(Exception exception) {
    LOG.warn(
        "The database does not answer: {}", NestedExceptionUtils.getMostSpecificCause(exception));
    HttpHeaders later = new HttpHeaders();
    later.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    return ProblemBody.answer(
        new ProblemException(
            Problem.DATABASE_UNAVAILABLE,
            "The service cannot reach its database. Ask again later; and look then whether a request"
                + " that was to change something has done so."),
        later);
  }

  private static ProblemException unforeseen(Exception exception) {
    if (DiskFull.isBehind(exception)) {
      LOG.error("The data folder is full", exception);
      return new ProblemException(
          Problem.DISK_FULL,
          "There is no space left for this. Delete what is no longer needed, then send it again.");
    }
    if (exception instanceof MultipartException) {
      return new ProblemException(
          Problem.MALFORMED_REQUEST,
          "The multipart body is broken or ends too early; was the upload cut off?");
    }
    if (exception instanceof RequestRejectedException) { // by Spring Security, when it is asked for
      return new ProblemException(
          Problem.MALFORMED_REQUEST,
          "A header or a parameter has a character that is allowed in none.");
    }
    if (exception instanceof InvalidParameterException) {
      if (String.valueOf(exception.getMessage()).startsWith("More than the maximum number")) {
        return new ProblemException(
            Problem.INVALID_REQUEST,
            "The request has more parameters than server.tomcat.max-parameter-count.");
      }
      return new ProblemException(
          Problem.MALFORMED_REQUEST, "The query or form is not properly percent-encoded.");
    }
    if (hasNul(exception)) {
      return new ProblemException(
          Problem.INVALID_REQUEST, "A text in the request has a NUL character; no name or id has.");
    }
    String trace = ProblemBody.traceId().orElseGet(() -> UUID.randomUUID().toString());
    LOG.error("Request failed, trace {}", trace, exception);
    return new ProblemException(
        Problem.INTERNAL_ERROR,
        "This is the service's fault, not the request's. Its log has the cause under trace "
            + trace
            + ".");
  }
}
