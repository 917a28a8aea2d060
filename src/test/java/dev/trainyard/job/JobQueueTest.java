package dev.trainyard.job;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.TemporaryData;
import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.telemetry.JobEvaluations;
import dev.trainyard.telemetry.JobEvaluations.Evaluated;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.telemetry.MetricHistory.Point;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import dev.trainyard.trainer.protocol.TrainingEnd;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@Tag("database")
@SpringBootTest(properties = "trainyard.worker.slots=0")
class JobQueueTest {

  private static final List<String> CPU = List.of("CPU");

  static final Path data = TemporaryData.folder();

  @Autowired Jobs jobs;
  @Autowired JobQueue queue;
  @Autowired JobCatalog catalog;
  @Autowired MetricHistory history;
  @Autowired JobEvaluations evaluations;
  @Autowired Clock clock;
  @Autowired JdbcTemplate jdbc;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @BeforeEach
  void empty() {
    jdbc.update("delete from job");
  }

  @Test
  void the_oldest_waiting_job_is_claimed_first_and_only_once() {
    String first = queued("first");
    String second = queued("second");
    assertThat(claim().id()).isEqualTo(first);
    assertThat(claim().id()).isEqualTo(second);
    assertThat(queue.claim("w", CPU)).isEmpty();
  }

  @Test
  void workers_that_claim_at_the_same_time_never_get_the_same_job() throws Exception {
    List<String> all = IntStream.range(0, 60).mapToObj(n -> queued("job-" + n)).toList();
    ExecutorService workers = Executors.newFixedThreadPool(4);
    Callable<List<String>> worker =
        () -> {
          List<String> mine = new ArrayList<>();
          for (Optional<ClaimedJob> c = queue.claim("w", CPU);
              c.isPresent();
              c = queue.claim("w", CPU)) {
            mine.add(c.get().id());
          }
          return mine;
        };
    List<String> claimed = new ArrayList<>();
    for (Future<List<String>> mine : workers.invokeAll(List.of(worker, worker, worker, worker))) {
      claimed.addAll(mine.get(30, SECONDS));
    }
    workers.shutdown();
    claimed.addAll(worker.call()); // what was locked by another while a worker looked last
    assertThat(claimed).hasSameSizeAs(all).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void a_report_of_an_earlier_attempt_changes_nothing() {
    String id = queued("fenced");
    ClaimedJob old = claim();
    queue.started(old, 0, 10);
    queue.recover();
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
      jdbc.update("update job set available_time = create_time"); // the backoff is over
      ClaimedJob claim = claim();
      queue.started(claim, 0, 10);
      queue.crashed(claim, JobReason.TRAINER_CRASHED, "killed by signal 9", 3);
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
    queue.crashed(claim, JobReason.TRAINER_CRASHED, "exit code 1", 3);
    assertThat(queue.claim("w", CPU)).isEmpty();
  }

  @Test
  void a_waiting_job_is_cancelled_at_once_and_a_running_one_when_its_trainer_has_stopped() {
    String waiting = queued("waiting");
    assertThat(catalog.cancel(waiting).status().state()).isEqualTo(JobState.CANCELLED);
    String running = queued("running");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    assertThat(catalog.cancel(running).status().state()).isEqualTo(JobState.CANCELLING);
    assertThat(catalog.cancel(running).status().state()).isEqualTo(JobState.CANCELLING);
    assertThat(queue.directive(claim)).isEqualTo(JobQueue.Directive.STOP);
    queue.stopped(claim);
    assertThat(catalog.get(running).status().state()).isEqualTo(JobState.CANCELLED);
    assertThatThrownBy(() -> catalog.cancel(running))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("CANCELLED");
  }

  @Test
  void a_job_that_is_cancelled_before_its_trainer_has_begun_never_runs() {
    String id = queued("preparing");
    ClaimedJob claim = claim();
    catalog.cancel(id);
    assertThat(queue.started(claim, 0, 10)).isTrue();
    assertThat(catalog.get(id).status().state()).isEqualTo(JobState.CANCELLING);
    queue.crashed(claim, JobReason.TRAINER_CRASHED, "killed by signal 9", 3);
    assertThat(catalog.get(id).status().state()).isEqualTo(JobState.CANCELLED);
    assertThat(catalog.get(id).status().model()).isNull();
  }

  @Test
  void a_cancellation_that_comes_after_the_model_was_registered_is_too_late() {
    String id = queued("late");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    catalog.cancel(id);
    queue.succeeded(claim, 1);
    JobView.Status status = catalog.get(id).status();
    assertThat(status.state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(status.model()).isEqualTo(new JobView.Model("late", 1));
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
  void what_a_dead_service_left_running_returns_to_the_queue() {
    String running = queued("running");
    ClaimedJob claim = claim();
    queue.started(claim, 0, 10);
    String cancelling = queued("cancelling");
    claim();
    catalog.cancel(cancelling);
    assertThat(queue.recover()).isEqualTo(2);
    assertThat(catalog.get(running).status().state()).isEqualTo(JobState.QUEUED);
    assertThat(catalog.get(running).status().reason()).isEqualTo(JobReason.WORKER_LOST);
    assertThat(catalog.get(cancelling).status().state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void a_job_for_an_accelerator_that_no_worker_has_waits_and_says_so() {
    String id = save(spec("tpu", AcceleratorSpec.Type.TPU));
    assertThat(queue.claim("w", CPU)).isEmpty();
    assertThat(queue.lacking(CPU)).containsExactly("TPU");
    queue.explainWaiting(CPU, "CPU:0 (two threads)");
    JobView.Status status = catalog.get(id).status();
    assertThat(status.state()).isEqualTo(JobState.QUEUED);
    assertThat(status.reason()).isEqualTo(JobReason.ACCELERATOR_UNAVAILABLE);
    assertThat(status.message()).contains("a TPU").contains("CPU:0 (two threads)");
    assertThat(queue.lacking(CPU)).as("it has been told").isEmpty();
  }

  @Test
  void a_resumed_attempt_leaves_one_value_a_step() {
    String id = queued("series");
    ClaimedJob first = claim();
    queue.started(first, 0, 10);
    queue.stepped(first, 10, 1.0, 0.1, 0.01, 100, 5.0);
    queue.evaluated(first, 10, report(1.1, 0.4));
    queue.stepped(first, 15, 0.9, 0.2, 0.01, 100, 4.0);
    queue.recover();
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
    queue.recover();
    ClaimedJob second = claim();
    queue.started(second, 10, 10);
    assertThat(evaluations.newest(id, Long.MAX_VALUE, 10))
        .extracting(Evaluated::step)
        .containsExactly(10L);
    queue.evaluated(second, 10, report(1.0, 0.45));
    assertThat(queue.evaluated(first, 10, report(9, 0))).as("fenced").isFalse();

    assertThat(queue.evaluation(second, 10)).contains(report(1.0, 0.45));
    assertThat(queue.evaluation(second, 20)).isEmpty();
    queue.succeeded(second, 1);
    catalog.delete(id);
    assertThat(evaluations.at(id, 10)).isEmpty();
  }

  private static EvaluationReport report(double loss, double accuracy) {
    return new EvaluationReport(
        Map.of("loss", loss, "accuracy", accuracy, "f1_score", 0.3),
        20,
        2,
        List.of(new ClassScore("a", 0.5, 0.25, 1 / 3.0, 20), new ClassScore("b", 0, 0, 0, 0)),
        List.of(List.of(5L, 15L), List.of(0L, 0L)));
  }

  private ClaimedJob claim() {
    return queue.claim("w", CPU).orElseThrow();
  }

  private String queued(String name) {
    return save(spec(name, AcceleratorSpec.Type.CPU));
  }

  private String save(JobSpec spec) {
    ReadyDataset dataset =
        new ReadyDataset("d", "flowers", 1, List.of("a", "b"), 10, 2, "0", List.of(), List.of());
    return jobs.save(new Job(spec, dataset, null, clock.instant())).id();
  }

  private static JobSpec spec(String name, AcceleratorSpec.Type accelerator) {
    return new JobSpec(
        name,
        "flowers",
        CnnSpec.article(false),
        null,
        null,
        new AcceleratorSpec(accelerator, null),
        null);
  }
}
