package dev.trainyard.job;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/** Where a job stands. The table below is the whole lifecycle: what is not in it cannot happen. */
public enum JobState {
  QUEUED,
  PREPARING,
  RUNNING,
  CANCELLING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  private static final Map<JobState, Set<JobState>> NEXT =
      Map.ofEntries(
          entry(QUEUED, Set.of(PREPARING, CANCELLED)),
          // Back to QUEUED: the worker or its trainer died, or the service stops.
          entry(PREPARING, Set.of(RUNNING, QUEUED, CANCELLING, FAILED)),
          entry(RUNNING, Set.of(SUCCEEDED, FAILED, CANCELLING, QUEUED)),
          // SUCCEEDED: its model was registered before the trainer could be stopped.
          entry(CANCELLING, Set.of(CANCELLED, SUCCEEDED)));

  public boolean canBecome(JobState next) {
    return NEXT.getOrDefault(this, Set.of()).contains(next);
  }

  /** Nothing comes after it. */
  public boolean isTerminal() {
    return !NEXT.containsKey(this);
  }
}
