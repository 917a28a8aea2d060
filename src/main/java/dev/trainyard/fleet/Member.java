package dev.trainyard.fleet;

import java.time.Instant;

/**
 * A process that works, as the others see it.
 *
 * @param id of its lease; a process that has lost its lease goes on under another id
 * @param instance the process
 * @param startTime when it took this lease
 * @param renewTime its last sign of life, by the database's clock
 */
public record Member(
    String id, String instance, State state, Offer offer, Instant startTime, Instant renewTime) {

  /** What can be expected of it. */
  public enum State {
    ACTIVE,
    /** It finishes what it does and takes nothing more. */
    DRAINING,
    /** It is dead, or must believe that it is: what it held goes to others. */
    LOST
  }
}
