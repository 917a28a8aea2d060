package dev.trainyard.security.web;

import dev.trainyard.security.SecurityMode;
import dev.trainyard.security.SecurityProperties;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** A service without authentication is for this machine alone; it does not start for others. */
@Component
class SafeAddress implements InitializingBean {

  private final SecurityProperties security;
  private final @Nullable InetAddress address;

  SafeAddress(SecurityProperties security, ServerProperties server) {
    this.security = security;
    this.address = server.getAddress();
  }

  @Override
  public void afterPropertiesSet() {
    if (security.mode() == SecurityMode.NONE && (address == null || !address.isLoopbackAddress())) {
      throw new OpenToAllException(address);
    }
  }
}
