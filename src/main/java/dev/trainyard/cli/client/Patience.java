package dev.trainyard.cli.client;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * With a connection that breaks and a service that restarts: minutes. With a service that was not
 * there to begin with: none, for its address may be wrong.
 */
public final class Patience {

  private static final long LONGEST = 300_000_000_000L; // ns
  private static final long SHORTEST_PAUSE = 250; // ms
  private static final int DOUBLINGS = 4;

  private final Consumer<String> outages;
  private boolean answered;
  private int failures;
  private long since;

  /**
   * @param outages is told once when the waiting begins
   */
  Patience(Consumer<String> outages) {
    this.outages = outages;
  }

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
    if (failures == 0) {
      outages.accept(happened.getMessage() + " Trying again for five minutes.");
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
