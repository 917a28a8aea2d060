package dev.trainyard.security.web;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Anybody who reaches this machine would reach the service, and it would ask nobody who they are.
 */
final class OpenToAllException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OpenToAllException(@Nullable InetAddress address) {
    super(
        "trainyard.security.mode is none, and server.address is "
            + (address == null ? "not set" : address.getHostAddress())
            + ": whoever reaches this machine could do everything.");
  }
}
