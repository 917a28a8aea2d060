package dev.trainyard.security.key;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start, instead of a stack trace, what to do. */
class UnusableToken extends AbstractFailureAnalyzer<UnusableTokenException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, UnusableTokenException cause) {
    return new FailureAnalysis(
        cause.getMessage(), "Delete the file: another token is made at the next start.", cause);
  }
}
