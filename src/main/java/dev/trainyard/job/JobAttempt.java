package dev.trainyard.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** One worker's try at a job. */
@Embeddable
class JobAttempt {

  private int number;
  private String worker;

  @Column(name = "start_time")
  private Instant startTime;

  @Column(name = "end_time")
  private @Nullable Instant endTime;

  @Enumerated(EnumType.STRING)
  private @Nullable AttemptOutcome outcome;

  @Enumerated(EnumType.STRING)
  private @Nullable JobReason reason;

  private @Nullable String message;

  @Column(name = "first_step")
  private @Nullable Long firstStep;

  @Column(name = "last_step")
  private @Nullable Long lastStep;

  @Column(name = "furthest_step")
  private long furthestStep;

  @NullUnmarked
  protected JobAttempt() {} // for JPA

  /**
   * @param furthestStep that any attempt before has reached
   */
  JobAttempt(int number, String worker, Instant startTime, long furthestStep) {
    this.number = number;
    this.worker = worker;
    this.startTime = startTime;
    this.furthestStep = furthestStep;
  }

  /** Its trainer goes on from this step. */
  void began(long step) {
    firstStep = step;
  }

  void ended(
      AttemptOutcome how, @Nullable JobReason why, @Nullable String what, long step, Instant now) {
    outcome = how;
    reason = why;
    message = what;
    endTime = now;
    lastStep = firstStep == null ? null : Long.valueOf(Math.max(step, firstStep));
  }

  JobView.Attempt view(long currentStep) {
    Long last = endTime != null ? lastStep : firstStep == null ? null : (Long) currentStep;
    return new JobView.Attempt(
        number,
        worker,
        startTime,
        endTime,
        outcome,
        reason,
        message,
        firstStep,
        last,
        firstStep == null || last == null ? 0 : last - firstStep,
        firstStep == null || last == null
            ? 0
            : Math.max(0, Math.min(last, furthestStep) - firstStep));
  }

  Instant startTime() {
    return startTime;
  }
}
