package dev.trainyard.storage;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at start, instead of a stack trace, what to do. */
class DataFolderInUse extends AbstractFailureAnalyzer<DataFolderInUseException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, DataFolderInUseException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Stop the other service, or give this one a trainyard.data-dir and a server.port of its own.",
        cause);
  }
}
