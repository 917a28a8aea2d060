package dev.trainyard.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A caller as Spring Security carries it; holds no credentials. */
public final class CallerAuthentication extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final Caller caller;

  public CallerAuthentication(Caller caller) {
    super(authorities(caller.scope()));
    this.caller = caller;
    setAuthenticated(true);
  }

  /** One for each scope that is held. */
  public static List<GrantedAuthority> authorities(Scope scope) {
    return scope.held().stream()
        .<GrantedAuthority>map(held -> new SimpleGrantedAuthority(held.name()))
        .toList();
  }

  @Override
  public Caller getPrincipal() {
    return caller;
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallerAuthentication that
        && caller.equals(that.caller)
        && super.equals(other);
  }

  @Override
  public int hashCode() {
    return caller.hashCode();
  }
}
