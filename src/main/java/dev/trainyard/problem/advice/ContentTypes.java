package dev.trainyard.problem.advice;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses a Content-Type with a wildcard. Spring passes over what it cannot parse, but fails over
 * this one wherever it reads any header.
 */
@Component
class ContentTypes extends OncePerRequestFilter {

  private static final Pattern WILDCARD = Pattern.compile("[^;]*\\*.*");

  private final HandlerExceptionResolver answers;

  ContentTypes(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
    this.answers = answers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String type = request.getContentType();
    if (type != null && WILDCARD.matcher(type).matches()) {
      answers.resolveException(
          request,
          response,
          null,
          new ProblemException(
              Problem.MALFORMED_REQUEST,
              "The Content-Type has a wildcard; it must say what the body is."));
      return;
    }
    chain.doFilter(request, response);
  }
}
