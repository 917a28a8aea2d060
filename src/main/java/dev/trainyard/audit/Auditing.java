package dev.trainyard.audit;

import dev.trainyard.project.Acting;
import dev.trainyard.security.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Writes down every request that may have changed something, and every one that was denied after it
 * had named somebody. Not what only asks, such as a prediction, nor each piece of an upload; nor
 * whoever sends no token at all, for they would fill the table.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10) // around the gate, so that it sees whom the gate denies
class Auditing extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(Auditing.class);

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Pattern QUESTION =
      Pattern.compile("/v[12]/models/.*|/api/v1/models/.*/predict");
  private static final Pattern PIECE = Pattern.compile("/api/v1/uploads/[^/]+");
  private static final String NOBODY = "anonymous";

  private final AuditTrail trail;

  Auditing(AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } finally {
      if (isOfInterest(request, response.getStatus())) {
        write(request, response.getStatus(), Caller.of(request));
      }
    }
  }

  private static boolean isOfInterest(HttpServletRequest request, int status) {
    boolean denied = status == 401 || status == 403;
    if (denied) {
      return status == 403
          || request.getHeader("Authorization") != null
          || request.getRequestURI().equals("/api/v1/session");
    }
    String path = request.getRequestURI();
    boolean piece =
        PIECE.matcher(path).matches() && !request.getMethod().equals("DELETE") && status < 400;
    return !SAFE.contains(request.getMethod())
        && !QUESTION.matcher(path).matches()
        && !piece
        && status != 404
        && status != 429;
  }

  private void write(HttpServletRequest request, int status, @Nullable Caller caller) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    try {
      trail.add(
          caller == null ? NOBODY : caller.name(),
          caller == null ? null : caller.keyId(),
          request.getRemoteAddr(),
          Acting.of(request),
          request.getMethod() + " " + Objects.requireNonNullElse(pattern, request.getRequestURI()),
          request.getRequestURI(),
          status,
          MDC.get("traceId"));
    } catch (DataAccessException e) {
      // What was done is done: the log has to do.
      LOG.error(
          "Not in the audit trail, for the database fails: {} {} by {}: {}",
          request.getMethod(),
          request.getRequestURI().replaceAll("\\p{Cntrl}", "?"),
          caller == null ? NOBODY : caller.name(),
          status);
    }
  }
}
