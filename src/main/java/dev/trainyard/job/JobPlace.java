package dev.trainyard.job;

import dev.trainyard.spec.SchedulingSpec;
import dev.trainyard.telemetry.trace.Traceparent;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.JoinColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Where a job comes from, and stands in the queue. Waiting makes up for priority: each step of it
 * is worth {@code trainyard.queue.ageing}. So a job's claim grows as fast as every other's, and the
 * order never changes by waiting: it is that of {@code rankTime}, the time of queueing less what
 * the priority is worth.
 */
@Embeddable
class JobPlace {

  private String submitter;
  private @Nullable String traceparent;
  private int priority;

  @Column(name = "rank_time")
  private Instant rankTime;

  @Column(name = "queue_time")
  private Instant queueTime;

  @Column(name = "available_time")
  private @Nullable Instant availableTime;

  @ElementCollection
  @CollectionTable(name = "job_label", joinColumns = @JoinColumn(name = "job_id"))
  @Column(name = "label")
  @BatchSize(size = 100)
  private Set<String> labels = new HashSet<>();

  @NullUnmarked
  protected JobPlace() {} // for JPA

  /** Where the request that this thread answers puts it. */
  JobPlace(SchedulingSpec scheduling, String submitter, Duration ageing, Instant now) {
    this.traceparent = Traceparent.current().value();
    this.submitter = submitter;
    this.priority = scheduling.priority();
    this.labels.addAll(scheduling.labels());
    this.queueTime = now;
    this.rankTime = rank(now, ageing);
  }

  private Instant rank(Instant since, Duration ageing) {
    return since.minus(ageing.multipliedBy(priority));
  }

  void setPriority(int wanted, Duration ageing) {
    rankTime = rankTime.plus(ageing.multipliedBy(priority)).minus(ageing.multipliedBy(wanted));
    priority = wanted;
  }

  /** Waits again, where it stood: those that came later do not overtake it. */
  void waitAgain(@Nullable Instant until, Instant now) {
    queueTime = now;
    availableTime = until;
  }

  /** Waits again, behind those that are waiting. */
  void waitAnew(Duration ageing, Instant now) {
    waitAgain(null, now);
    rankTime = rank(now, ageing);
  }

  int priority() {
    return priority;
  }

  String submitter() {
    return submitter;
  }

  /** Of its submission; null in jobs of an earlier release. */
  @Nullable String traceId() {
    return traceparent == null ? null : new Traceparent(traceparent).traceId();
  }

  /** Its wait is over. */
  ClaimedJob.Wait waited(Instant until) {
    Traceparent trace = traceparent == null ? null : new Traceparent(traceparent);
    return new ClaimedJob.Wait(trace, queueTime, until);
  }

  Instant rankTime() {
    return rankTime;
  }

  Instant queueTime() {
    return queueTime;
  }

  @Nullable Instant availableTime() {
    return availableTime;
  }

  Set<String> labels() {
    return labels;
  }
}
