package dev.trainyard.cli.client;

import java.io.IOException;

/**
 * With a connection that breaks and a service that restarts: a minute. With a service that was not
 * there to begin with: none, for its address may be wrong.
 */
public final class Patience {

  private static final long LONGEST = 60_000_000_000L; // ns
  private static final long SHORTEST_PAUSE = 250; // ms
  private static final int DOUBLINGS = 4;

  private boolean answered;
  private int failures;
  private long since;

  /** It has answered. */
  public void renew() {
    answered = true;
    failures = 0;
  }

  /**
   * Waits a moment before the next try.
   *
   * @throws IOException that which happened, when another try is of no use
   */
  public void endure(IOException happened) throws IOException, InterruptedException {
    if (failures == 0) {
      since = System.nanoTime();
    }
    if (!isPassing(happened) || System.nanoTime() - since > LONGEST) {
      throw happened;
    }
    Thread.sleep(SHORTEST_PAUSE << Math.min(failures, DOUBLINGS));
    failures++;
  }

  private boolean isPassing(IOException happened) {
    if (happened instanceof RefusedException refused) {
      return refused.isPassing();
    }
    return happened instanceof UnreachableException unreachable
        && (unreachable.wasConnected() || answered || failures > 0);
  }
}
