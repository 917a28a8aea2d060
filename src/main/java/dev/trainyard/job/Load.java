package dev.trainyard.job;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is in the workers' hands now. */
final class Load {

  private final List<Jobs.Running> running;

  private Load(List<Jobs.Running> running) {
    this.running = running;
  }

  static Load of(Jobs jobs) {
    return new Load(jobs.running());
  }

  boolean isFull(QueueProperties limits) {
    return limits.maxRunningJobs() > 0
        && running.stream().mapToLong(Jobs.Running::getJobs).sum() >= limits.maxRunningJobs();
  }

  /** Those that have as many jobs running as one may have. */
  Set<String> fullSubmitters(QueueProperties limits) {
    if (limits.maxRunningJobsPerSubmitter() == 0) {
      return Set.of();
    }
    return running.stream()
        .map(Jobs.Running::getSubmitter)
        .filter(submitter -> bySubmitter(submitter) >= limits.maxRunningJobsPerSubmitter())
        .collect(Collectors.toSet());
  }

  private long bySubmitter(String submitter) {
    return running.stream()
        .filter(row -> submitter.equals(row.getSubmitter()))
        .mapToLong(Jobs.Running::getJobs)
        .sum();
  }

  long of(String worker) {
    return running.stream()
        .filter(row -> worker.equals(row.getWorker()))
        .mapToLong(Jobs.Running::getJobs)
        .sum();
  }
}
