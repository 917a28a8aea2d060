package dev.trainyard.security.session;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/**
 * The cookie of a session. No script reads it, and no other site's page has the browser send it.
 * Over TLS its name keeps other hosts of a domain from setting it.
 */
public final class SessionCookie {

  private static final String PLAIN = "trainyard-session";
  private static final String SECURE = "__Host-" + PLAIN;

  private SessionCookie() {}

  /** What it holds, if it was sent. */
  public static Optional<String> read(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Optional.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(name(request)))
            .map(Cookie::getValue)
            .findFirst();
  }

  static ResponseCookie of(HttpServletRequest request, String id, Duration age) {
    return ResponseCookie.from(name(request), id)
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Strict")
        .path("/")
        .maxAge(age)
        .build();
  }

  private static String name(HttpServletRequest request) {
    return request.isSecure() ? SECURE : PLAIN;
  }
}
