package dev.trainyard.web.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/** What a browser is told to refuse to the page: anything that did not come from this service. */
class PageHeaders extends OncePerRequestFilter {

  /**
   * No script or style but the page's own files, nothing inline; pictures may also be those that
   * the user chose (blob:). No string ever becomes HTML: the page needs no trusted type, so it has
   * none.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  /**
   * The same for Swagger UI, but without trusted types: it makes HTML of descriptions. All of them
   * are ours, and a script in one would not run.
   */
  static final String SWAGGER_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self';"
          + " img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()",
          "Cache-Control", "no-cache");

  private final String policy;

  PageHeaders(String policy) {
    this.policy = policy;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HEADERS.forEach(response::setHeader);
    response.setHeader("Content-Security-Policy", policy);
    chain.doFilter(request, response);
  }
}
