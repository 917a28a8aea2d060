package dev.trainyard.security.web;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.security.Buckets;
import dev.trainyard.security.Caller;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.web.filter.OncePerRequestFilter;

/** How fast one caller may ask. What it does not use it may save up for two seconds. */
final class Pace extends OncePerRequestFilter {

  private static final int SAVED_SECONDS = 2;

  private final int perSecond;
  private final Buckets callers;
  private final Refusals refusals;

  /**
   * @param perSecond at least 1
   */
  Pace(int perSecond, Refusals refusals) {
    this.perSecond = perSecond;
    this.callers = new Buckets((long) perSecond * SAVED_SECONDS, perSecond, Duration.ofSeconds(1));
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Caller caller = Caller.current();
    if (caller == null) { // who says nothing is denied, or reads what is open
      chain.doFilter(request, response);
      return;
    }
    ConsumptionProbe taken = callers.of(caller.identity()).tryConsumeAndReturnRemaining(1);
    if (taken.isConsumed()) {
      chain.doFilter(request, response);
      return;
    }
    int seconds = (int) TimeUnit.NANOSECONDS.toSeconds(taken.getNanosToWaitForRefill()) + 1;
    refusals.answer(
        request,
        response,
        new ProblemException(
                Problem.TOO_MANY_REQUESTS,
                "A caller may send %d requests a second, which is trainyard.security.limits.requests-per-second."
                    .formatted(perSecond))
            .retryAfter(seconds));
  }
}
