package dev.trainyard.job;

import static org.awaitility.Awaitility.await;

import dev.trainyard.dataset.ReadyDataset;
import dev.trainyard.fleet.Offer;
import dev.trainyard.project.Acting;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.CnnSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SchedulingSpec;
import dev.trainyard.telemetry.JobCheckpoints;
import dev.trainyard.telemetry.JobEvaluations;
import dev.trainyard.telemetry.MetricHistory;
import dev.trainyard.trainer.protocol.EvaluationReport;
import dev.trainyard.trainer.protocol.EvaluationReport.ClassScore;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The queue on a real database, with workers that the test plays. */
@Tag("database")
@SpringBootTest(properties = "trainyard.worker.slots=0")
abstract class QueueService {

  static final Offer CPU = new Offer(1, Set.of("CPU"), Set.of(), "{}");

  @Autowired Jobs jobs;
  @Autowired EntityManager entities;
  @Autowired JobQueue queue;
  @Autowired JobReaper reaper;
  @Autowired JobCatalog catalog;
  @Autowired JobVerbs verbs;
  @Autowired MetricHistory history;
  @Autowired JobEvaluations evaluations;
  @Autowired JobCheckpoints checkpoints;
  @Autowired QueueProperties limits;
  @Autowired Clock clock;
  @Autowired JdbcTemplate jdbc;

  TransactionTemplate transaction;

  /** The id of a lease that holds. */
  String worker;

  @Autowired
  void transactions(PlatformTransactionManager manager) {
    transaction = new TransactionTemplate(manager);
  }

  @BeforeEach
  void empty() {
    jdbc.update("delete from job");
    jdbc.update("delete from worker where instance = 'test'");
    worker = hired(CPU);
  }

  /** A worker with a lease that nobody doubts. */
  String hired(Offer offer) {
    String id = "test-" + UUID.randomUUID();
    jdbc.update(
        "insert into worker (id, instance, state, slots, accelerators, labels, details, start_time,"
            + " renew_time, lease_time) values (?, 'test', 'ACTIVE', ?, ?, ?, '{}',"
            + " current_timestamp, current_timestamp, current_timestamp + interval '1' hour)",
        id,
        offer.slots(),
        String.join(",", offer.accelerators()),
        String.join(",", offer.labels()));
    return id;
  }

  /** The worker's lease runs out, and another takes its place. */
  void loseWorker() {
    jdbc.update("update worker set state = 'LOST' where id = ?", worker);
    reaper.takeBack();
    try { // the service's own reaper may be at a job at this moment, which was passed over then
      await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(2))
          .until(() -> held(worker) == 0);
    } catch (ConditionTimeoutException locked) {
      // by the test
    }
    worker = hired(CPU);
  }

  private int held(String lost) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from job where worker = ? and state in"
                + " ('PREPARING', 'RUNNING', 'PAUSING', 'CANCELLING')",
            Integer.class,
            lost));
  }

  /** All waiting for another try is over. */
  void over() {
    jdbc.update("update job set available_time = null");
  }

  ClaimedJob claim() {
    return queue.claim(worker, CPU).orElseThrow();
  }

  JobView.Status status(String id) {
    return catalog.get(id).status();
  }

  String queued(String name) {
    return save(spec(name, AcceleratorSpec.Type.CPU, null));
  }

  String save(JobSpec spec) {
    return save(spec, "anonymous");
  }

  String save(JobSpec spec, String submitter) {
    ReadyDataset dataset =
        new ReadyDataset("d", "flowers", 1, List.of("a", "b"), 10, 2, "0", List.of(), List.of());
    JobPlace place = new JobPlace(spec.scheduling(), submitter, limits.ageing(), clock.instant());
    Job job = new Job(Acting.DEFAULT, spec, dataset, null, place, clock.instant());
    transaction.executeWithoutResult(status -> entities.persist(job));
    return job.id();
  }

  static SchedulingSpec priority(int priority) {
    return new SchedulingSpec(priority, null, null, null);
  }

  static SchedulingSpec labels(String... labels) {
    return new SchedulingSpec(null, List.of(labels), null, null);
  }

  static SchedulingSpec maxDuration(Duration duration) {
    return new SchedulingSpec(null, null, null, duration);
  }

  static JobSpec spec(
      String name, AcceleratorSpec.Type accelerator, @Nullable SchedulingSpec scheduling) {
    return new JobSpec(
        name,
        "flowers",
        CnnSpec.article(false),
        null,
        null,
        new AcceleratorSpec(accelerator, null),
        scheduling,
        null);
  }

  static EvaluationReport report(double loss, double accuracy) {
    return new EvaluationReport(
        Map.of("loss", loss, "accuracy", accuracy, "f1_score", 0.3),
        20,
        2,
        List.of(new ClassScore("a", 0.5, 0.25, 1 / 3.0, 20), new ClassScore("b", 0, 0, 0, 0)),
        List.of(List.of(5L, 15L), List.of(0L, 0L)));
  }
}
