package dev.trainyard.security.web;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what another site's page has a browser send: under a name that was rebound to this
 * machine's address, or from a page that did not come from here. A request without a browser has
 * neither Origin nor Sec-Fetch-Site.
 */
final class OwnHosts extends OncePerRequestFilter {

  /** Nobody can rebind an address, only a name. */
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+(%[0-9a-zA-Z]+)?]");

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final Set<String> names;
  private final Refusals refusals;

  /**
   * @param names beside localhost and addresses
   */
  OwnHosts(Collection<String> names, Refusals refusals) {
    this.names =
        Stream.concat(Stream.of("localhost"), names.stream())
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    this.refusals = refusals;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String host = request.getHeader(HttpHeaders.HOST);
    if (host != null && !isOwn(name(host))) {
      refusals.answer(
          request,
          response,
          new ProblemException(
              Problem.HOST_REFUSED,
              "This service does not go by the name in the header Host. If it should, its operator adds"
                  + " the name to trainyard.security.allowed-hosts."));
    } else if (!SAFE.contains(request.getMethod()) && isOfAnotherSite(request, host)) {
      refusals.answer(
          request,
          response,
          new ProblemException(
              Problem.FORBIDDEN,
              "The page of another site sent this: Origin or Sec-Fetch-Site is not this service's."));
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean isOwn(String name) {
    return ADDRESS.matcher(name).matches() || names.contains(name.toLowerCase(Locale.ROOT));
  }

  private static boolean isOfAnotherSite(HttpServletRequest request, @Nullable String host) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return (site != null && !OWN_SITE.contains(site))
        || (origin != null && !origin.equalsIgnoreCase(request.getScheme() + "://" + host));
  }

  /** Without its port. */
  private static String name(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return end <= 0 ? host : host.substring(0, end);
  }
}
