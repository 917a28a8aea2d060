package dev.trainyard.problem.advice;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.ResourceHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import tools.jackson.databind.json.JsonMapper;

/** Of a file that does not have the range asked for, Spring MVC would send all, as a 416. */
@ControllerAdvice
class RangeProblems implements ResponseBodyAdvice<Object> {

  private final JsonMapper json;

  RangeProblems(JsonMapper json) {
    this.json = json;
  }

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return ResourceHttpMessageConverter.class.isAssignableFrom(converter);
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (!(body instanceof Resource) || !isUnsatisfiable(response)) {
      return body;
    }
    HttpHeaders headers = response.getHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    headers.remove(HttpHeaders.CONTENT_LENGTH);
    ProblemException problem =
        new ProblemException(
            Problem.RANGE_NOT_SATISFIABLE,
            "Its Content-Range says how many bytes it has: "
                + headers.getFirst(HttpHeaders.CONTENT_RANGE)
                + ".");
    Object details = ProblemBody.answer(problem, HttpHeaders.EMPTY).getBody();
    return new ByteArrayResource(json.writeValueAsBytes(Objects.requireNonNull(details)));
  }

  private static boolean isUnsatisfiable(ServerHttpResponse response) {
    return response instanceof ServletServerHttpResponse servlet
        && servlet.getServletResponse().getStatus()
            == HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value();
  }
}
