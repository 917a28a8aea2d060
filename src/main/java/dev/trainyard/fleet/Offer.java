package dev.trainyard.fleet;

import java.util.Set;

/**
 * What a worker can do.
 *
 * @param slots jobs at the same time
 * @param accelerators such as {@code CPU}
 * @param labels that jobs may ask for
 * @param details for whoever lists the workers; nobody else looks into it
 */
public record Offer(int slots, Set<String> accelerators, Set<String> labels, String details) {

  /** Whether a job that asks for this can run there. */
  public boolean fits(String accelerator, Set<String> wanted) {
    return accelerators.contains(accelerator) && labels.containsAll(wanted);
  }

  /** Says what this process offers now. */
  public interface Source {
    Offer offer();
  }
}
