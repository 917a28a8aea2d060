package dev.trainyard.web.polling;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Gives whatever is answered to GET or HEAD as JSON an entity tag, and 304 to those who have it
 * already. Files, logs and other streams are no JSON, and pass by.
 */
@RestControllerAdvice("dev.trainyard")
class ConditionalAnswers implements ResponseBodyAdvice<Object> {

  /** To be kept by the client alone, and asked about each time. */
  private static final String CACHE_CONTROL = "private, no-cache";

  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final EntityTags tags;

  ConditionalAnswers(EntityTags tags) {
    this.tags = tags;
  }

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return JacksonJsonHttpMessageConverter.class.isAssignableFrom(converter);
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType type,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (body == null || !READING.contains(request.getMethod()) || !isOk(response)) {
      return body;
    }
    String tag = tags.of(body);
    response.getHeaders().setETag(tag);
    response.getHeaders().setCacheControl(CACHE_CONTROL);
    if (!EntityTags.known(request.getHeaders().getOrEmpty(HttpHeaders.IF_NONE_MATCH), tag)) {
      return body;
    }
    response.setStatusCode(HttpStatus.NOT_MODIFIED);
    return null;
  }

  private static boolean isOk(ServerHttpResponse response) {
    return response instanceof ServletServerHttpResponse servlet
        && servlet.getServletResponse().getStatus() == HttpStatus.OK.value();
  }
}
