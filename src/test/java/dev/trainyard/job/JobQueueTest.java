package dev.trainyard.job;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.trainyard.telemetry.JobCheckpoints.Saved;
import dev.trainyard.telemetry.JobEvaluations.Evaluated;
import dev.trainyard.telemetry.MetricHistory.Point;
import dev.trainyard.trainer.protocol.TrainingEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobQueueTest extends UnlimitedQueue {

  @Test
  void the_oldest_waiting_job_is_claimed_first_and_only_once() {
    String first = queued("first");
    String second = queued("second");
    assertThat(claim().id()).isEqualTo(first);
    assertThat(claim().id()).isEqualTo(second);
    assertThat(queue.claim(worker, CPU)).isEmpty();
  }

  @Test
  void workers_that_claim_at_the_same_time_never_get_the_same_job() throws Exception {
    List<String> all = IntStream.range(0, 60).mapToObj(n -> queued("job-" + n)).toList();
    ExecutorService workers = Executors.newFixedThreadPool(4);
    Callable<List<String>> claimer =
        () -> {
          List<String> mine = new ArrayList<>();
          for (Optional<ClaimedJob> c = queue.claim(worker, CPU);
              c.isPresent();
              c = queue.claim(worker, CPU)) {
            mine.add(c.get().id());
          }
          return mine;
        };
    List<String> claimed = new ArrayList<>();
    for (Future<List<String>> mine :
        workers.invokeAll(List.of(claimer, claimer, claimer, claimer))) {
      claimed.addAll(mine.get(30, SECONDS));
    }
    workers.shutdown();
    claimed.addAll(claimer.call()); // what was locked by another while a worker looked last
    assertThat(claimed).hasSameSizeAs(all).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void what_a_worker_does_not_know_it_has_is_taken_back_and_what_it_runs_is_not() {
    String unknown = queued("its claim was committed, but the answer was lost");
    claim();
    String running = queued("running");
    ClaimedJob known = claim();
    String mine = worker;
    worker = hired(CPU);
    String others = queued("another worker's");
    claim();
    reaper.takeBack(mine, Set.of(running));
    assertThat(status(unknown).state()).isEqualTo(JobState.QUEUED);
    assertThat(status(unknown).reason()).isEqualTo(JobReason.WORKER_LOST);
    assertThat(status(others).state()).isEqualTo(JobState.PREPARING);
    assertThat(queue.started(known, 0, 10)).isTrue();
  }

  @Test
  void a_job_that_somebody_has_locked_does_not_keep_the_others_from_being_taken_back() {
    String locked = queued("its worker stands still in the middle of a report");
    claim();
    String free = queued("free");
    claim();
    transaction.executeWithoutResult(
        status -> {
          jobs.lock(locked);
          CompletableFuture.runAsync(
                  () -> {
                    loseWorker();
                    // the service's own reaper may be at it at the same moment
                    await().until(() -> status(free).state() == JobState.QUEUED);
                  })
              .orTimeout(8, SECONDS)
              .join();
          assertThat(status(locked).state()).isEqualTo(JobState.PREPARING);
        });
    reaper.takeBack();
    assertThat(status(locked).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  void a_report_of_an_earlier_attempt_changes_nothing() {
    String id = queued("fenced");
    ClaimedJob old = claim();
    queue.started(old, 0, 10);
    loseWorker();
    ClaimedJob current = claim();
    assertThat(current.attempt()).isEqualTo(2);
    queue.started(current, 5, 10);
    queue.stepped(current, 7, 0.5, 1, 0.01, 1, null);
    assertThat(queue.started(old, 0, 10)).isFalse();
    assertThat(history.points(id, "loss", 0, 10)).hasSize(1);
    assertThat(queue.stepped(old, 99, 0.1, 1, 0.01, 1, null)).isFalse();
    assertThat(queue.succeeded(old, 7)).isFalse();
    assertThat(queue.directive(old)).isEqualTo(JobQueue.Directive.ABANDON);
    assertThat(catalog.get(id).status().state()).isEqualTo(JobState.RUNNING);
    assertThat(catalog.get(id).status().progress().step()).isEqualTo(7);
  }

  @Test
  void a_job_whose_trainer_keeps_dying_is_tried_a_bounded_number_of_times() {
    String id = queued("dying");
    for (int attempt = 1; attempt <= 3; attempt++) {
      over();
      ClaimedJob claim = claim();
      queue.started(claim, 0, 10);
      queue.crashed(claim, JobReason.TRAINER_CRASHED, "killed by signal 9");
    }
    JobView.Status status = catalog.get(id).status();
    assertThat(status.state()).isEqualTo(JobState.FAILED);
    assertThat(status.reason()).isEqualTo(JobReason.TRAINER_CRASHED);
    assertThat(status.message()).contains("killed by signal 9").contains("attempt 3 of 3");
    assertThat(status.transitions())
        .extracting(JobView.Transition::state)
        .containsExactly(
            JobState.QUEUED,
            JobState.PREPARING,
            JobState.RUNNING,
            JobState.QUEUED,
            JobState.PREPARING,
            JobState.RUNNING,
            JobState.QUEUED,
            JobState.PREPARING,
            JobState.RUNNING,
            JobState.FAILED);
  }

  @Test
  void a_crashed_job_waits_a_moment_before_it_is_claimed_again() {
    queued("backoff");
    ClaimedJob claim = claim();
    queue.crashed(claim, JobReason.TRAINER_CRASHED, "exit code 1");
    assertThat(queue.claim(worker, CPU)).isEmpty();
  }

  @Test
  void a_finished_job_says_why_its_training_ended() {
    String id = queued("early");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    assertThat(catalog.get(id).status().endedBy()).isNull();
    queue.ended(claim, TrainingEnd.EARLY_STOPPING, "loss did not get better");
    queue.succeeded(claim, 1);
    JobView.Status status = catalog.get(id).status();
    assertThat(status.endedBy()).isEqualTo(TrainingEnd.EARLY_STOPPING);
    assertThat(status.message()).isEqualTo("loss did not get better");
    assertThat(status.state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void what_a_lost_worker_had_returns_to_the_queue_or_goes_where_its_client_wants_it() {
    String running = queued("running");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    String cancelling = queued("cancelling");
    claim();
    verbs.cancel(cancelling);
    String pausing = queued("pausing");
    claim();
    verbs.pause(pausing);
    loseWorker();
    assertThat(status(running).state()).isEqualTo(JobState.QUEUED);
    assertThat(status(running).reason()).isEqualTo(JobReason.WORKER_LOST);
    assertThat(status(cancelling).state()).isEqualTo(JobState.CANCELLED);
    assertThat(status(pausing).state()).isEqualTo(JobState.PAUSED);
    assertThat(queue.stepped(claim, 5, 1, 1, 1, 1, null)).as("it is too late").isFalse();
  }

  @Test
  void a_job_that_loses_one_worker_after_the_other_fails_in_the_end_but_not_soon() {
    String id = queued("killer");
    for (int loss = 1; loss < 20; loss++) {
      claim();
      loseWorker();
      assertThat(status(id).state()).isEqualTo(JobState.QUEUED);
    }
    claim();
    loseWorker();
    assertThat(status(id).state()).isEqualTo(JobState.FAILED);
    assertThat(status(id).reason()).isEqualTo(JobReason.WORKER_LOST);
    assertThat(status(id).message()).contains("20 workers");
  }

  @Test
  void attempts_are_kept_with_what_they_did_and_did_again() {
    String id = queued("history");
    ClaimedJob first = claim();
    queue.started(first, 0, 10);
    queue.stepped(first, 30, 1, 1, 1, 1, null);
    loseWorker();
    ClaimedJob second = claim();
    queue.started(second, 20, 10);
    queue.stepped(second, 25, 1, 1, 1, 1, null);
    queue.crashed(second, JobReason.TRAINER_CRASHED, "signal 6");
    over();
    ClaimedJob third = claim();
    queue.started(third, 20, 10);
    queue.stepped(third, 50, 1, 1, 1, 1, null);
    queue.succeeded(third, 1);
    assertThat(status(id).attempts())
        .extracting(
            JobView.Attempt::number,
            JobView.Attempt::outcome,
            JobView.Attempt::reason,
            JobView.Attempt::stepsDone,
            JobView.Attempt::stepsRedone)
        .containsExactly(
            tuple(1, AttemptOutcome.LOST, JobReason.WORKER_LOST, 30L, 0L),
            tuple(2, AttemptOutcome.FAILED, JobReason.TRAINER_CRASHED, 5L, 5L),
            tuple(3, AttemptOutcome.SUCCEEDED, null, 30L, 10L));
    assertThat(status(id).attempts())
        .allSatisfy(attempt -> assertThat(attempt.endTime()).isNotNull());
  }

  @Test
  void what_must_not_be_seen_of_a_stale_attempt_is_refused_within_its_transaction() {
    queued("stale");
    ClaimedJob old = claim();
    loseWorker();
    claim();
    assertThatThrownBy(() -> transaction.executeWithoutResult(status -> queue.require(old)))
        .isInstanceOf(StaleClaimException.class);
  }

  @Test
  void a_resumed_attempt_leaves_one_value_a_step() {
    String id = queued("series");
    ClaimedJob first = claim();
    queue.started(first, 0, 10);
    queue.stepped(first, 10, 1.0, 0.1, 0.01, 100, 5.0);
    queue.evaluated(first, 10, report(1.1, 0.4));
    queue.stepped(first, 15, 0.9, 0.2, 0.01, 100, 4.0);
    loseWorker();
    ClaimedJob second = claim();
    queue.started(second, 10, 10);
    assertThat(history.points(id, "loss", 0, 10)).extracting(Point::step).containsExactly(10L);
    queue.evaluated(second, 10, report(1.1, 0.4));
    queue.stepped(second, 14, 0.8, 0.3, 0.01, 100, 3.0);
    assertThat(history.points(id, "loss", 0, 10)).extracting(Point::step).containsExactly(10L, 14L);
    assertThat(history.names(id))
        .containsExactly(
            "accuracy",
            "examplesPerSecond",
            "learningRate",
            "loss",
            "val_accuracy",
            "val_f1_score",
            "val_loss");
    JobView.Status status = catalog.get(id).status();
    assertThat(status.progress().step()).isEqualTo(14);
    assertThat(status.metrics()).isNotNull();
    assertThat(status.metrics().learningRate()).isEqualTo(0.01);
    assertThat(status.metrics().evaluation())
        .isEqualTo(new JobView.Evaluation(10, 1.1, 0.4, null, null, null, 0.3, 20L, 2L));
  }

  @Test
  void a_resumed_attempt_leaves_one_evaluation_a_step_and_they_go_with_the_job() {
    String id = queued("evaluated");
    ClaimedJob first = claim();
    queue.started(first, 0, 10);
    queue.evaluated(first, 10, report(1.1, 0.4));
    queue.evaluated(first, 20, report(0.9, 0.5));
    queue.checkpointed(first, 10, 1000);
    queue.checkpointed(first, 20, 2000);
    loseWorker();
    ClaimedJob second = claim();
    queue.started(second, 10, 10);
    assertThat(evaluations.newest(id, Long.MAX_VALUE, 10))
        .extracting(Evaluated::step)
        .containsExactly(10L);
    assertThat(checkpoints.newest(id, 0, 100, 10)).extracting(Saved::step).containsExactly(10L);
    assertThat(queue.checkpointed(first, 30, 3000)).as("fenced").isFalse();
    queue.evaluated(second, 10, report(1.0, 0.45));
    assertThat(queue.evaluated(first, 10, report(9, 0))).as("fenced").isFalse();

    assertThat(queue.evaluation(second, 10)).contains(report(1.0, 0.45));
    assertThat(queue.evaluation(second, 20)).isEmpty();
    queue.succeeded(second, 1);
    verbs.delete(id);
    assertThat(evaluations.at(id, 10)).isEmpty();
    assertThat(checkpoints.newest(id, 0, 100, 10)).isEmpty();
  }
}
