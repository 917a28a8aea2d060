package dev.trainyard.job;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Where a job stands. The table below is the whole lifecycle: what is not in it cannot happen. */
public enum JobState {
  QUEUED,
  PREPARING,
  RUNNING,
  PAUSING,
  PAUSED,
  CANCELLING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** In which it may still come to run. */
  static final Set<JobState> UNFINISHED =
      EnumSet.complementOf(EnumSet.of(SUCCEEDED, FAILED, CANCELLED));

  /** In which a worker has the job. */
  static final Set<JobState> HELD = EnumSet.of(PREPARING, RUNNING, PAUSING, CANCELLING);

  private static final Map<JobState, Set<JobState>> NEXT =
      Map.ofEntries(
          entry(QUEUED, Set.of(PREPARING, PAUSED, CANCELLED)),
          // Back to QUEUED: the worker or its trainer died, or the service stops.
          entry(PREPARING, Set.of(RUNNING, QUEUED, PAUSING, CANCELLING, FAILED)),
          entry(RUNNING, Set.of(SUCCEEDED, FAILED, PAUSING, CANCELLING, QUEUED)),
          // SUCCEEDED: its model was registered before the trainer could be stopped.
          entry(PAUSING, Set.of(PAUSED, SUCCEEDED, FAILED, CANCELLING)),
          entry(PAUSED, Set.of(QUEUED, CANCELLED)),
          entry(CANCELLING, Set.of(CANCELLED, SUCCEEDED)),
          entry(SUCCEEDED, Set.of()),
          // Only when a client asks for another try.
          entry(FAILED, Set.of(QUEUED)),
          entry(CANCELLED, Set.of(QUEUED)));

  public boolean canBecome(JobState next) {
    return NEXT.getOrDefault(this, Set.of()).contains(next);
  }

  /** Nothing comes after it unless a client wants it to. */
  public boolean isTerminal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  boolean isHeldByWorker() {
    return HELD.contains(this);
  }

  static Set<JobState> where(Predicate<JobState> condition) {
    return Collections.unmodifiableSet(
        Arrays.stream(values())
            .filter(condition)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(JobState.class))));
  }
}
