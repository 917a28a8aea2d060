package dev.trainyard.model.images;

import dev.trainyard.model.inference.RequestBodies;
import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Refuses images to predict that are too large together, before their parts are spooled to disk:
 * what may be uploaded elsewhere is far larger.
 */
@Component
class ImageUploadLimit extends OncePerRequestFilter {

  private final RequestBodies bodies;
  private final HandlerExceptionResolver refusals;

  ImageUploadLimit(
      RequestBodies bodies,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver refusals) {
    this.bodies = bodies;
    this.refusals = refusals;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !HttpMethod.POST.matches(request.getMethod())
        || !path.startsWith(ImageController.ROOT + "/")
        || !path.endsWith(ImageController.PREDICT);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      bodies.checkSize(request.getContentLengthLong());
      if (request.getContentLengthLong() < 0 && isMultipart(request)) {
        throw new ProblemException(
            Problem.MALFORMED_REQUEST, "Images in parts need a Content-Length in the request.");
      }
    } catch (ProblemException e) {
      refusals.resolveException(request, response, null, e);
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean isMultipart(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
  }
}
