package dev.trainyard.cli.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;

/** The service did not answer, or not to the end. */
public final class UnreachableException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean connected;

  UnreachableException(URI server, IOException cause) {
    super(server + " " + said(cause), cause);
    this.connected =
        !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
  }

  /** Whether the request may have reached it. */
  public boolean wasConnected() {
    return connected;
  }

  private static String said(IOException cause) {
    if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
      return "does not answer.";
    }
    return cause instanceof HttpTimeoutException
        ? "has not answered in time."
        : "broke the connection (" + cause.getMessage() + ").";
  }
}
