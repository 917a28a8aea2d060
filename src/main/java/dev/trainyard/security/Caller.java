package dev.trainyard.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * Who asks.
 *
 * @param name shown as the submitter of what it makes
 * @param keyId of the key that it came with; null when it came with none
 * @param scope the largest that it has
 * @param projects that it sees; null for all of them
 */
public record Caller(
    String name, @Nullable String keyId, Scope scope, @Nullable Set<String> projects)
    implements AuthenticatedPrincipal, Serializable {

  /** Whoever asks a service without authentication, and the service itself. */
  public static final Caller ANYBODY = new Caller("anonymous", null, Scope.ADMIN, null);

  public Caller {
    projects = projects == null ? null : Set.copyOf(projects);
  }

  /** Whose request this thread works on; null outside of requests. */
  public static @Nullable Caller current() {
    return of(SecurityContextHolder.getContext().getAuthentication());
  }

  /** Whose request it is, or was; null when nobody said who they are. */
  public static @Nullable Caller of(HttpServletRequest request) {
    return of(
        new RequestAttributeSecurityContextRepository()
            .loadDeferredContext(request)
            .get()
            .getAuthentication());
  }

  private static @Nullable Caller of(@Nullable Authentication authentication) {
    return authentication != null && authentication.getPrincipal() instanceof Caller caller
        ? caller
        : null;
  }

  /** Tells callers apart where they are counted: a key's id, or a name, which no key's id is. */
  public String identity() {
    return keyId == null ? "/" + name : keyId;
  }

  public boolean sees(String project) {
    return projects == null || projects.contains(project);
  }

  @Override
  public String getName() {
    return name;
  }
}
