package dev.trainyard.security.session;

import dev.trainyard.security.CallerAuthentication;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Takes a cookie for its caller. A token in the same request goes before it. */
public final class SignedIn extends OncePerRequestFilter {

  private static final String SESSION = SignedIn.class.getName();

  private final Sessions sessions;
  private final SecurityContextRepository contexts =
      new RequestAttributeSecurityContextRepository();

  public SignedIn(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The session that a request came with; null when it came with none. */
  public static @Nullable Session session(HttpServletRequest request) {
    return (Session) request.getAttribute(SESSION);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getHeader(HttpHeaders.AUTHORIZATION) == null) {
      SessionCookie.read(request)
          .flatMap(sessions::find)
          .ifPresent(session -> begin(session, request, response));
    }
    chain.doFilter(request, response);
  }

  /** Kept with the request, so that what goes on later in another thread finds it. */
  private void begin(Session session, HttpServletRequest request, HttpServletResponse response) {
    request.setAttribute(SESSION, session);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(new CallerAuthentication(session.caller()));
    SecurityContextHolder.setContext(context);
    contexts.saveContext(context, request, response);
  }
}
