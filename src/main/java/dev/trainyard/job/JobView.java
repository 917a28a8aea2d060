package dev.trainyard.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.WarmStartSpec;
import dev.trainyard.trainer.protocol.TrainerPhase;
import dev.trainyard.trainer.protocol.TrainingEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it.
 *
 * @param project that it belongs to
 * @param submitter who submitted it
 * @param traceId of the request that submitted it and of all attempts, in logs and traces; absent
 *     in jobs of an earlier release
 * @param spec what was submitted, defaults filled in; never changes
 * @param dataset the version that the spec's dataset was resolved to when the job was accepted
 * @param warmStart what the spec's warmStartFrom was resolved to then: a model with its version
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
    String id,
    String name,
    String project,
    String submitter,
    @Nullable String traceId,
    JobSpec spec,
    Dataset dataset,
    @Nullable WarmStartSpec warmStart,
    Status status,
    Instant createTime) {

  public record Dataset(String id, String name, int version) {}

  /**
   * @param reason a stable name for why the job is in this state
   * @param message what happened and what to do about it
   * @param endedBy why training came to its end, once it has: all its steps, early stopping, or the
   *     time limit; {@code message} says it in a sentence
   * @param lastLines of the log of a job that has FAILED, at most 20
   * @param attempt how many times a worker has taken the job
   * @param worker that has it now
   * @param priority among the jobs that wait
   * @param waiting where it stands in the queue, and why it waits, while it is QUEUED
   * @param model the registered version, once the job has SUCCEEDED
   * @param attempts each worker's try at it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Status(
      JobState state,
      @Nullable TrainerPhase phase,
      @Nullable JobReason reason,
      @Nullable String message,
      @Nullable TrainingEnd endedBy,
      @Nullable List<String> lastLines,
      int attempt,
      @Nullable String worker,
      int priority,
      @Nullable Waiting waiting,
      Progress progress,
      @Nullable Metrics metrics,
      @Nullable Model model,
      @Nullable Instant startTime,
      @Nullable Instant endTime,
      List<Transition> transitions,
      List<Attempt> attempts) {}

  /**
   * @param position in the queue, from 1
   * @param reason a stable name for why it has not begun; absent when it is about to
   * @param message what would help
   * @param until when it will be tried again, if it is held back until then
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Waiting(
      long position,
      @Nullable WaitReason reason,
      @Nullable String message,
      @Nullable Instant until) {}

  /**
   * @param percent 0 to 100
   * @param eta until the last step, as an ISO 8601 duration
   * @param checkpointStep of the newest checkpoint, from which another attempt would go on
   * @param parameters values of the network, moving averages included
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(
      long step,
      long totalSteps,
      double percent,
      @Nullable Double examplesPerSecond,
      @Nullable Duration eta,
      @Nullable Long checkpointStep,
      @Nullable Long parameters) {}

  /** The newest values; the whole series are under {@code /metrics}. Accuracies are 0 to 1. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Metrics(
      @Nullable Double loss,
      @Nullable Double accuracy,
      @Nullable Double learningRate,
      @Nullable Evaluation evaluation) {}

  /**
   * The newest one of the held-out images; all of them, with the figures of each class, are under
   * {@code /evaluations}.
   *
   * @param top5Accuracy only with more than five classes
   * @param precision mean over the classes, as {@code recall} and {@code f1} are
   * @param examples images that were evaluated
   * @param leftOut held-out images that were not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Evaluation(
      long step,
      @Nullable Double loss,
      @Nullable Double accuracy,
      @Nullable Double top5Accuracy,
      @Nullable Double precision,
      @Nullable Double recall,
      @Nullable Double f1,
      @Nullable Long examples,
      @Nullable Long leftOut) {}

  public record Model(String name, int version) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Transition(
      JobState state,
      Instant time,
      int attempt,
      @Nullable JobReason reason,
      @Nullable String message) {}

  /**
   * @param number counts from 1
   * @param reason why it ended, unless it SUCCEEDED
   * @param fromStep of the checkpoint that it went on from; absent when it never began to train
   * @param toStep the last step that was heard of
   * @param stepsRedone of the steps done, those that an earlier attempt had done already
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Attempt(
      int number,
      String worker,
      Instant startTime,
      @Nullable Instant endTime,
      @Nullable AttemptOutcome outcome,
      @Nullable JobReason reason,
      @Nullable String message,
      @Nullable Long fromStep,
      @Nullable Long toStep,
      long stepsDone,
      long stepsRedone) {}
}
