package dev.trainyard.job;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.BatchSize;
import org.jspecify.annotations.Nullable;

/** All that has happened to a job. */
@Embeddable
class JobHistory {

  private static final int MESSAGE_LENGTH = 2000;

  @ElementCollection
  @CollectionTable(name = "job_transition", joinColumns = @JoinColumn(name = "job_id"))
  @OrderColumn(name = "sequence")
  @BatchSize(size = 100)
  private List<JobTransition> transitions = new ArrayList<>();

  @ElementCollection
  @CollectionTable(name = "job_attempt", joinColumns = @JoinColumn(name = "job_id"))
  @OrderColumn(name = "sequence")
  @BatchSize(size = 100)
  private List<JobAttempt> attempts = new ArrayList<>();

  @Column(name = "last_lines")
  private @Nullable String lastLines;

  void entered(
      JobState state, int attempt, @Nullable JobReason why, @Nullable String what, Instant now) {
    transitions.add(new JobTransition(state, now, attempt, why, what));
  }

  void claimed(int attempt, String worker, long furthestStep, Instant now) {
    attempts.add(new JobAttempt(attempt, worker, now, furthestStep));
  }

  /** The newest attempt; there is one as soon as a worker has had the job. */
  JobAttempt attempt() {
    return attempts.get(attempts.size() - 1);
  }

  List<JobView.Transition> transitions() {
    return transitions.stream()
        .map(t -> new JobView.Transition(t.state(), t.time(), t.attempt(), t.reason(), t.message()))
        .toList();
  }

  List<JobView.Attempt> attempts(long currentStep) {
    return attempts.stream().map(attempt -> attempt.view(currentStep)).toList();
  }

  /** What the log ends with. */
  void keep(@Nullable List<String> lines) {
    lastLines = lines == null || lines.isEmpty() ? null : storable(String.join("\n", lines));
  }

  @Nullable List<String> lastLines() {
    return lastLines == null ? null : lastLines.lines().toList();
  }

  /** PostgreSQL's texts have no NUL. */
  static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  /** What fits into its column. */
  static @Nullable String cut(@Nullable String message) {
    if (message == null) {
      return null;
    }
    String storable = storable(message);
    return storable.substring(0, Math.min(storable.length(), MESSAGE_LENGTH));
  }
}
