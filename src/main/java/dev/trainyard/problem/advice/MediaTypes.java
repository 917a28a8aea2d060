package dev.trainyard.problem.advice;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses a Content-Type with a wildcard: Spring passes over what it cannot parse, but fails over
 * this one wherever it reads any header. And an Accept with letters that no header has, which
 * whoever answers an exception would look at again.
 */
@Component
@Order(MediaTypes.BEFORE_THE_GATE)
class MediaTypes extends OncePerRequestFilter {

  /** Whose answers would fail over the same: Spring Security's filters come at -100. */
  static final int BEFORE_THE_GATE = -101;

  private static final Pattern WILDCARD = Pattern.compile("[^;]*\\*.*");

  private static final Pattern LETTERS = Pattern.compile("[\\t -~]*");

  private final HandlerExceptionResolver answers;

  MediaTypes(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
    this.answers = answers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String type = request.getContentType();
    if (type != null && WILDCARD.matcher(type).matches()) {
      refuse(request, response, "The Content-Type has a wildcard; it must say what the body is.");
    } else if (!isReadable(request)) {
      refuse(new AcceptingAll(request), response, "The header Accept has a letter that none has.");
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean isReadable(HttpServletRequest request) {
    return Collections.list(request.getHeaders(HttpHeaders.ACCEPT)).stream()
        .allMatch(accept -> LETTERS.matcher(accept).matches());
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, String why) {
    ProblemException problem = new ProblemException(Problem.MALFORMED_REQUEST, why);
    answers.resolveException(request, response, null, problem);
  }

  private static final class AcceptingAll extends HttpServletRequestWrapper {

    AcceptingAll(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return name.equalsIgnoreCase(HttpHeaders.ACCEPT)
          ? Collections.emptyEnumeration()
          : super.getHeaders(name);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return name.equalsIgnoreCase(HttpHeaders.ACCEPT) ? null : super.getHeader(name);
    }
  }
}
