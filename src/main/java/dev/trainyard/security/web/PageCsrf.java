package dev.trainyard.security.web;

import dev.trainyard.security.session.Session;
import dev.trainyard.security.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The CSRF token is the session's. Without a cookie there is nothing that it would protect. */
final class PageCsrf implements CsrfTokenRepository, RequestMatcher {

  static final String HEADER = "X-CSRF-Token";

  private static final String UNUSED_PARAMETER = "_csrf";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  @Override
  public boolean matches(HttpServletRequest request) {
    return SignedIn.session(request) != null && !SAFE.contains(request.getMethod());
  }

  @Override
  public CsrfToken generateToken(HttpServletRequest request) {
    Session session = SignedIn.session(request);
    return new DefaultCsrfToken(
        HEADER, UNUSED_PARAMETER, session == null ? "none" : session.csrf());
  }

  @Override
  public void saveToken(
      @Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
    // It is in the session's row.
  }

  @Override
  public @Nullable CsrfToken loadToken(HttpServletRequest request) {
    return SignedIn.session(request) == null ? null : generateToken(request);
  }
}
