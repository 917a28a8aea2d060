package dev.trainyard.job;

import static java.util.Comparator.naturalOrder;

import dev.trainyard.fleet.Fleet;
import dev.trainyard.fleet.Member;
import dev.trainyard.project.Projects;
import dev.trainyard.storage.DiskSpace;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows jobs, those that wait with their place in the queue and the reason. */
@Component
class JobViews {

  private final Jobs jobs;
  private final Fleet fleet;
  private final DiskSpace disk;
  private final QueueProperties limits;
  private final Clock clock;
  private final Projects projects;

  JobViews(
      Jobs jobs,
      Fleet fleet,
      DiskSpace disk,
      QueueProperties limits,
      Clock clock,
      Projects projects) {
    this.jobs = jobs;
    this.fleet = fleet;
    this.disk = disk;
    this.limits = limits;
    this.clock = clock;
    this.projects = projects;
  }

  JobView of(Job job) {
    return all(List.of(job)).get(0);
  }

  /** In the same order. */
  List<JobView> all(List<Job> all) {
    List<Job> waiting = all.stream().filter(job -> job.state() == JobState.QUEUED).toList();
    if (waiting.isEmpty()) {
      return all.stream().map(job -> job.view(null)).toList();
    }
    Map<String, Long> places = places(waiting);
    Circumstances now =
        new Circumstances(workers(), Load.of(jobs), projects.heldBack(), clock.instant());
    return all.stream()
        .map(job -> job.view(job.state() == JobState.QUEUED ? waiting(job, places, now) : null))
        .toList();
  }

  /** From 1. However many jobs are asked for, the queue is read once. */
  private Map<String, Long> places(List<Job> waiting) {
    if (waiting.size() == 1) {
      Job job = waiting.get(0);
      return Map.of(job.id(), jobs.countWaiting(job.place().rankTime(), job.id()));
    }
    Instant last =
        waiting.stream().map(job -> job.place().rankTime()).max(naturalOrder()).orElseThrow();
    Map<String, Long> places = new HashMap<>();
    for (String id : jobs.waiting(last)) {
      places.put(id, places.size() + 1L);
    }
    return places;
  }

  private List<Member> workers() {
    return fleet.active().stream().filter(worker -> worker.offer().slots() > 0).toList();
  }

  private JobView.Waiting waiting(Job job, Map<String, Long> places, Circumstances now) {
    long position = places.getOrDefault(job.id(), 1L);
    Instant until = job.place().availableTime();
    boolean heldBack = until != null && until.isAfter(now.time);
    Why why = why(job, heldBack, now);
    return new JobView.Waiting(
        position,
        why == null ? null : why.reason,
        why == null ? null : why.message,
        heldBack ? until : null);
  }

  private @Nullable Why why(Job job, boolean heldBack, Circumstances now) {
    String accelerator = job.spec().accelerator().type().name();
    if (now.workers.isEmpty()) {
      return new Why(
          WaitReason.NO_WORKER,
          "No worker is running. Start a process with the role 'worker' on this database.");
    }
    List<Member> equipped =
        now.workers.stream().filter(w -> w.offer().accelerators().contains(accelerator)).toList();
    if (equipped.isEmpty()) {
      return new Why(
          WaitReason.ACCELERATOR_UNAVAILABLE,
          "Waits for a worker with a %s; what the workers have is: %s. Cancel the job, or start a worker that has it."
              .formatted(accelerator, now.accelerators()));
    }
    List<Member> fitting =
        equipped.stream().filter(w -> w.offer().fits(accelerator, job.place().labels())).toList();
    if (fitting.isEmpty()) {
      return new Why(
          WaitReason.LABELS_UNAVAILABLE,
          "No worker with a %s has all the labels that the job asks for: %s. Start one that has them in trainyard.worker.labels, or clone the job without."
              .formatted(accelerator, String.join(", ", job.spec().scheduling().labels())));
    }
    if (disk.isLow()) {
      return new Why(
          WaitReason.DISK_SPACE_LOW,
          "No job begins while the data folder has less free space than trainyard.min-free-space. Delete what is no longer needed.");
    }
    if (heldBack) {
      return new Why(WaitReason.BACKING_OFF, "It failed, and is tried again a little later.");
    }
    if (now.load.isFull(limits)) {
      return new Why(
          WaitReason.JOB_LIMIT,
          "%d jobs are running, which is trainyard.queue.max-running-jobs."
              .formatted(limits.maxRunningJobs()));
    }
    if (now.load.fullSubmitters(limits).contains(job.place().submitter())) {
      return new Why(
          WaitReason.SUBMITTER_LIMIT,
          "Its submitter has %d jobs running, which is as many as one may have."
              .formatted(limits.maxRunningJobsPerSubmitter()));
    }
    if (now.heldBack.contains(job.project())) {
      return new Why(
          WaitReason.PROJECT_QUOTA,
          "Project '%s' has as many jobs running, or has had as many training seconds, as its quota allows."
              .formatted(job.project()));
    }
    if (fitting.stream().allMatch(w -> now.load.of(w.id()) >= w.offer().slots())) {
      return new Why(
          WaitReason.WORKERS_BUSY,
          fitting.size() == 1
              ? "The worker that can run it is busy."
              : "All %d workers that can run it are busy.".formatted(fitting.size()));
    }
    return null;
  }

  private record Why(WaitReason reason, String message) {}

  private record Circumstances(
      List<Member> workers, Load load, Set<String> heldBack, Instant time) {

    String accelerators() {
      return workers.stream()
          .flatMap(worker -> worker.offer().accelerators().stream())
          .distinct()
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }
}
