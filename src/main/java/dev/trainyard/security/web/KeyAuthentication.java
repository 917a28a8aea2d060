package dev.trainyard.security.web;

import dev.trainyard.security.CallerAuthentication;
import dev.trainyard.security.Token;
import dev.trainyard.security.key.Credentials;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/** Takes bearer tokens that were made here. */
@Component
class KeyAuthentication implements AuthenticationManager {

  private final Credentials credentials;

  KeyAuthentication(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Authentication authenticate(Authentication authentication) {
    Token token = new Token(((BearerTokenAuthenticationToken) authentication).getToken());
    return credentials
        .caller(token)
        .map(CallerAuthentication::new)
        .orElseThrow(() -> new InvalidBearerTokenException("unknown"));
  }
}
