package dev.trainyard.security.web;

import dev.trainyard.security.SecurityMode;
import dev.trainyard.security.SecurityProperties;
import dev.trainyard.security.key.LocalToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says, once the service answers, how to get in. Where the token is, never what it is. */
@Component
class Welcome implements ApplicationListener<WebServerInitializedEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

  private final SecurityProperties properties;
  private final LocalToken token;
  private final Environment environment;

  Welcome(SecurityProperties properties, LocalToken token, Environment environment) {
    this.properties = properties;
    this.token = token;
    this.environment = environment;
  }

  @Override
  public void onApplicationEvent(WebServerInitializedEvent event) {
    String scheme = environment.containsProperty("server.ssl.bundle") ? "https" : "http";
    String address = scheme + "://localhost:" + event.getWebServer().getPort();
    if (properties.mode() == SecurityMode.NONE) {
      LOG.warn("Nobody is asked who they are: trainyard.security.mode is none. {}", address);
    } else {
      LOG.info(
          "To ask the service: curl -H \"Authorization: Bearer $(cat '{}')\" {}/api/v1/jobs",
          token.file(),
          address);
    }
  }
}
