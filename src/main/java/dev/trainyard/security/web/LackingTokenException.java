package dev.trainyard.security.web;

import org.springframework.security.core.AuthenticationException;

/** A token of the OpenID provider that is genuine, and does not say enough. */
final class LackingTokenException extends AuthenticationException {

  private static final long serialVersionUID = 1L;

  private final String lack;

  LackingTokenException(String lack) {
    super(lack);
    this.lack = lack;
  }

  /** In a sentence. */
  String lack() {
    return lack;
  }
}
