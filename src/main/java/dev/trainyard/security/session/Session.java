package dev.trainyard.security.session;

import dev.trainyard.security.Caller;
import java.time.Instant;

/**
 * Somebody who is signed in to the page.
 *
 * @param csrf to be sent as a header with whatever changes something
 */
public record Session(Caller caller, String csrf, Instant expireTime) {

  /** Never what could be used. */
  @Override
  public String toString() {
    return "Session[" + caller.name() + "]";
  }
}
