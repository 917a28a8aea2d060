package dev.trainyard.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.trainer.protocol.TrainerPhase;
import org.jspecify.annotations.Nullable;

/**
 * What an event about a job tells: how it stood just after it, by the names of {@link
 * JobView.Status}.
 *
 * @param message of the state; of a warning, what the trainer has noticed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobEvent(
    String jobId,
    String name,
    JobState state,
    @Nullable TrainerPhase phase,
    @Nullable JobReason reason,
    @Nullable String message,
    int attempt,
    @Nullable String worker,
    JobView.Progress progress,
    JobView.@Nullable Metrics metrics,
    JobView.@Nullable Model model) {

  public static JobEvent of(JobView job) {
    JobView.Status status = job.status();
    return new JobEvent(
        job.id(),
        job.name(),
        status.state(),
        status.phase(),
        status.reason(),
        status.message(),
        status.attempt(),
        status.worker(),
        status.progress(),
        status.metrics(),
        status.model());
  }

  JobEvent saying(String what) {
    String cut = JobHistory.cut(what);
    return new JobEvent(
        jobId, name, state, phase, reason, cut, attempt, worker, progress, metrics, model);
  }
}
