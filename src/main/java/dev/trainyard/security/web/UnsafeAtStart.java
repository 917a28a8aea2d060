package dev.trainyard.security.web;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start, instead of a stack trace, what to do. */
class UnsafeAtStart extends AbstractFailureAnalyzer<OpenToAllException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, OpenToAllException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Leave trainyard.security.mode at keys, or bind it to this machine alone: server.address=127.0.0.1.",
        cause);
  }
}
