package dev.trainyard.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.AcceleratorSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobVerbsTest extends UnlimitedQueue {

  @Test
  void a_waiting_job_is_cancelled_at_once_and_a_running_one_when_its_trainer_has_stopped() {
    String waiting = queued("waiting");
    assertThat(verbs.cancel(waiting).status().state()).isEqualTo(JobState.CANCELLED);
    String running = queued("running");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    assertThat(verbs.cancel(running).status().state()).isEqualTo(JobState.CANCELLING);
    assertThat(verbs.cancel(running).status().state()).isEqualTo(JobState.CANCELLING);
    assertThat(queue.directive(claim)).isEqualTo(JobQueue.Directive.STOP);
    queue.stopped(claim);
    assertThat(catalog.get(running).status().state()).isEqualTo(JobState.CANCELLED);
    assertThatThrownBy(() -> verbs.cancel(running))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("CANCELLED");
  }

  @Test
  void a_job_that_is_cancelled_before_its_trainer_has_begun_never_runs() {
    String id = queued("preparing");
    ClaimedJob claim = claim();
    verbs.cancel(id);
    assertThat(queue.started(claim, 0, 10)).isTrue();
    assertThat(catalog.get(id).status().state()).isEqualTo(JobState.CANCELLING);
    queue.crashed(claim, JobReason.TRAINER_CRASHED, "killed by signal 9");
    assertThat(catalog.get(id).status().state()).isEqualTo(JobState.CANCELLED);
    assertThat(catalog.get(id).status().model()).isNull();
  }

  @Test
  void a_cancellation_that_comes_after_the_model_was_registered_is_too_late() {
    String id = queued("late");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    verbs.cancel(id);
    queue.succeeded(claim, 1);
    JobView.Status status = catalog.get(id).status();
    assertThat(status.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(status.model()).isEqualTo(new JobView.Model("late", 1));
  }

  @Test
  void a_running_job_is_paused_when_its_trainer_has_stopped_and_resumed_where_it_stood() {
    String id = queued("pausing");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    String later = queued("later");
    assertThat(verbs.pause(id).status().state()).isEqualTo(JobState.PAUSING);
    assertThat(queue.directive(claim)).isEqualTo(JobQueue.Directive.STOP);
    assertThatThrownBy(() -> verbs.resume(id)).hasMessageContaining("PAUSING");
    queue.stopped(claim);
    assertThat(status(id).state()).isEqualTo(JobState.PAUSED);
    assertThat(status(id).attempts().get(0).outcome()).isEqualTo(AttemptOutcome.PAUSED);
    verbs.resume(id);
    assertThat(claim().id()).isEqualTo(id);
    assertThat(claim().id()).isEqualTo(later);
  }

  @Test
  void a_waiting_job_that_is_paused_is_not_claimed() {
    String id = queued("paused");
    assertThat(verbs.pause(id).status().state()).isEqualTo(JobState.PAUSED);
    assertThat(queue.claim(worker, CPU)).isEmpty();
    assertThat(verbs.cancel(id).status().state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void a_failed_job_is_retried_with_all_its_attempts_before_it() {
    String id = queued("unlucky");
    for (int crash = 1; crash <= 3; crash++) {
      queue.crashed(claim(), JobReason.TRAINER_CRASHED, "signal 6");
      over();
    }
    assertThat(status(id).state()).isEqualTo(JobState.FAILED);
    JobView.Status retried = verbs.retry(id).status();
    assertThat(retried.state()).isEqualTo(JobState.QUEUED);
    assertThat(retried.reason()).isEqualTo(JobReason.RETRIED_BY_USER);
    assertThat(retried.endTime()).isNull();
    queue.crashed(claim(), JobReason.TRAINER_CRASHED, "signal 6");
    assertThat(status(id).state()).isEqualTo(JobState.QUEUED);
    assertThat(status(id).attempt()).isEqualTo(4);
  }

  @Test
  void a_verb_that_the_state_does_not_allow_is_refused_and_names_the_state() {
    String id = queued("done");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    refused(() -> verbs.resume(id), "RUNNING");
    refused(() -> verbs.retry(id), "RUNNING");
    refused(() -> verbs.delete(id), "RUNNING");
    queue.succeeded(claim, 1);
    refused(() -> verbs.cancel(id), "SUCCEEDED");
    refused(() -> verbs.pause(id), "SUCCEEDED");
    refused(() -> verbs.resume(id), "SUCCEEDED");
    refused(() -> verbs.retry(id), "SUCCEEDED");
    refused(() -> verbs.prioritize(id, 1), "SUCCEEDED");
  }

  @Test
  void a_job_that_has_run_for_as_long_as_it_may_fails_and_its_attempts_count_together() {
    String id = save(spec("long", AcceleratorSpec.Type.CPU, maxDuration(Duration.ofHours(1))));
    ClaimedJob first = claim();
    assertThat(first.timeLeft()).isEqualTo(Duration.ofHours(1));
    queue.started(first, 0, 10);
    jdbc.update("update job_attempt set start_time = start_time - interval '20' minute");
    queue.stopped(first);
    ClaimedJob second = claim();
    assertThat(second.timeLeft()).isBetween(Duration.ofMinutes(39), Duration.ofMinutes(40));
    queue.started(second, 0, 10);
    queue.expired(second);
    assertThat(status(id).state()).isEqualTo(JobState.FAILED);
    assertThat(status(id).reason()).isEqualTo(JobReason.DEADLINE_EXCEEDED);
    assertThat(status(id).message()).contains("PT1H");
  }

  private static void refused(Runnable verb, String state) {
    assertThatThrownBy(verb::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.ILLEGAL_STATE))
        .hasMessageContaining(" is " + state);
  }
}
