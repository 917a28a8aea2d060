package dev.trainyard.model.inference;

import dev.trainyard.problem.Problem;
import jakarta.servlet.RequestDispatcher;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * What goes wrong under {@code /v1/models} and {@code /v2} is problem+json like everywhere else,
 * with the {@code error} beside it that clients of those protocols read, and with their status for
 * a request that is not valid.
 */
@ControllerAdvice
class DialectErrors implements ResponseBodyAdvice<Object> {

  private static final List<String> DIALECTS = List.of("/v1/models", "/v2");

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (body instanceof ProblemDetail problem && isOfDialect(path(request))) {
      problem.setProperty("error", problem.getDetail());
      if (problem.getStatus() == Problem.INVALID_REQUEST.status().value()) {
        problem.setStatus(HttpStatus.BAD_REQUEST.value());
        response.setStatusCode(HttpStatus.BAD_REQUEST);
      }
    }
    return body;
  }

  /** As it was asked for, where the container shows its page of errors. */
  private static String path(ServerHttpRequest request) {
    Object asked =
        request instanceof ServletServerHttpRequest servlet
            ? servlet.getServletRequest().getAttribute(RequestDispatcher.ERROR_REQUEST_URI)
            : null;
    return asked instanceof String path ? path : request.getURI().getRawPath();
  }

  static boolean isOfDialect(String path) {
    return DIALECTS.stream()
        .anyMatch(dialect -> path.equals(dialect) || path.startsWith(dialect + "/"));
  }
}
