package dev.trainyard.security.web;

import dev.trainyard.security.SecurityMode;
import dev.trainyard.security.SecurityProperties;
import java.net.InetAddress;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/**
 * Looks at the settings before anything is open. A service without authentication is for this
 * machine alone; and a token of an OpenID provider may have been made for another service.
 */
@Component
class SafeSettings implements InitializingBean {

  private static final String JWT = "spring.security.oauth2.resourceserver.jwt";

  private final SecurityMode mode;
  private final ServerProperties server;
  private final OAuth2ResourceServerProperties provider;

  SafeSettings(
      SecurityProperties security,
      ServerProperties server,
      OAuth2ResourceServerProperties provider) {
    this.mode = security.mode();
    this.server = server;
    this.provider = provider;
  }

  @Override
  public void afterPropertiesSet() {
    InetAddress address = server.getAddress();
    if (mode == SecurityMode.NONE && (address == null || !address.isLoopbackAddress())) {
      throw new UnsafeSettingsException(
          "trainyard.security.mode is none, and server.address is "
              + (address == null ? "not set" : address.getHostAddress())
              + ": whoever reaches this machine could do everything.",
          "Leave trainyard.security.mode at keys, or bind it to this machine alone: server.address=127.0.0.1.");
    }
    OAuth2ResourceServerProperties.Jwt jwt = provider.getJwt();
    if (mode == SecurityMode.OIDC && jwt.getIssuerUri() == null && jwt.getJwkSetUri() == null) {
      throw new UnsafeSettingsException(
          "trainyard.security.mode is oidc, and no OpenID provider is named.",
          "Name it: " + JWT + ".issuer-uri, or .jwk-set-uri.");
    }
    if (mode == SecurityMode.OIDC && (jwt.getAudiences() == null || jwt.getAudiences().isEmpty())) {
      throw new UnsafeSettingsException(
          "trainyard.security.mode is oidc, and no audience is named: tokens that the provider gives"
              + " out for other services would be taken.",
          "Name this service's audience: " + JWT + ".audiences.");
    }
  }
}
