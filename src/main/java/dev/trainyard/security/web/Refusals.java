package dev.trainyard.security.web;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.security.Guesses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Has what is refused at the gate answered as everything else is that goes wrong. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final String CHALLENGE = "Bearer realm=\"trainyard\"";

  private static final String NONE =
      "Say who you are with a header 'Authorization: Bearer TOKEN'. The service's own token is in the"
          + " file 'token' of its data folder.";
  private static final String WRONG =
      "The token is not one of this service, or it has expired or was revoked.";

  private final HandlerExceptionResolver answers;
  private final Guesses guesses;

  Refusals(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers, Guesses guesses) {
    this.answers = answers;
    this.guesses = guesses;
  }

  /** The way in for a browser, a challenge for everybody else. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (failure instanceof LackingTokenException lacking) {
      answer(request, response, new ProblemException(Problem.FORBIDDEN, lacking.lack()));
      return;
    }
    boolean tried = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    if (!tried && isVisit(request)) {
      response.sendRedirect("/signin");
      return;
    }
    response.setHeader(
        HttpHeaders.WWW_AUTHENTICATE, tried ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
    answer(
        request,
        response,
        tried
            ? guesses.wrong(request.getRemoteAddr(), WRONG)
            : new ProblemException(Problem.UNAUTHENTICATED, NONE));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure) {
    answer(
        request,
        response,
        failure instanceof CsrfException
            ? new ProblemException(
                Problem.FORBIDDEN,
                "A browser that is signed in sends a header X-CSRF-Token with what it changes:"
                    + " csrfToken of GET /api/v1/session.")
            : new ProblemException(
                Problem.FORBIDDEN,
                "The token's scope does not allow %s here; GET /api/v1/session tells what it is."
                    .formatted(request.getMethod())));
  }

  void answer(HttpServletRequest request, HttpServletResponse response, Exception failure) {
    answers.resolveException(request, response, null, failure);
  }

  /** A person who has typed the address or followed a link. */
  private static boolean isVisit(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getMethod().equals("GET") && accept != null && accept.startsWith("text/html");
  }

  /** Answers what the gate itself cannot do, such as to ask a database that is down. */
  final class Around extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      try {
        chain.doFilter(request, response);
      } catch (ProblemException | DataAccessException | TransactionException e) {
        if (response.isCommitted()) {
          throw e;
        }
        answer(request, response, e);
      }
    }
  }
}
