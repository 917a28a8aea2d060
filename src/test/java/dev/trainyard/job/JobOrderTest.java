package dev.trainyard.job;

import static dev.trainyard.spec.AcceleratorSpec.Type.GPU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.TemporaryData;
import dev.trainyard.fleet.Offer;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.spec.JobSpec;
import dev.trainyard.spec.SchedulingSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Who comes first, who is held back, and what a job that waits says of it. */
@TestPropertySource(
    properties = {
      "trainyard.queue.max-running-jobs=3",
      "trainyard.queue.max-running-jobs-per-submitter=2"
    })
class JobOrderTest extends QueueService {

  static final Path data = TemporaryData.folder();

  private static final Offer ROOMY = new Offer(10, Set.of("CPU"), Set.of(), "{}");

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry registry) {
    registry.add("trainyard.data-dir", data::toString);
  }

  @Test
  void the_higher_priority_comes_first_and_of_equals_the_older() {
    String old = queued("old");
    String urgent = save(job("urgent", priority(5)));
    String alsoUrgent = save(job("also-urgent", priority(5)), "other");
    assertThat(status(urgent).waiting().position()).isEqualTo(1);
    assertThat(status(old).waiting().position()).isEqualTo(3);
    assertThat(claimAll()).containsExactly(urgent, alsoUrgent, old);
  }

  @Test
  void waiting_makes_up_for_priority() {
    String patient = queued("patient");
    jdbc.update("update job set rank_time = rank_time - interval '51' minute");
    String urgent = save(job("urgent", priority(5)));
    String moreUrgent = save(job("more-urgent", priority(6)), "other");
    assertThat(claimAll()).containsExactly(moreUrgent, patient, urgent);
  }

  @Test
  void a_changed_priority_changes_the_place() {
    String first = queued("first");
    String second = queued("second");
    JobView.Status raised = verbs.prioritize(second, 1).status();
    assertThat(raised.priority()).isEqualTo(1);
    assertThat(raised.waiting().position()).isEqualTo(1);
    verbs.prioritize(second, 0);
    assertThat(claimAll()).containsExactly(first, second);
  }

  @Test
  void a_submitter_with_enough_jobs_running_lets_others_pass_and_says_so() {
    queued("one");
    queued("two");
    String third = queued("three");
    String others = save(job("others", null), "other");
    worker = hired(ROOMY);
    queue.claim(worker, ROOMY);
    queue.claim(worker, ROOMY);
    ClaimedJob passed = queue.claim(worker, ROOMY).orElseThrow();
    assertThat(passed.id()).isEqualTo(others);
    assertThat(status(third).waiting().reason()).isEqualTo(WaitReason.JOB_LIMIT);
    queue.started(passed, 0, 1);
    queue.succeeded(passed, 1);
    assertThat(status(third).waiting().reason()).isEqualTo(WaitReason.SUBMITTER_LIMIT);
    assertThat(queue.claim(worker, ROOMY)).isEmpty();
  }

  @Test
  void claims_at_the_same_time_never_pass_the_limit() {
    for (int i = 0; i < 12; i++) {
      save(job("job-" + i, null), "submitter-" + i);
    }
    worker = hired(ROOMY);
    long claims =
        IntStream.range(0, 12)
            .parallel()
            .filter(i -> queue.claim(worker, ROOMY).isPresent())
            .count();
    assertThat(claims).isEqualTo(3);
  }

  @Test
  void a_job_goes_only_to_a_worker_with_all_that_it_asks_for_and_says_what_lacks() {
    String labelled = save(job("labelled", labels("ssd", "a100")));
    String gpu = save(spec("gpu", GPU, null), "other");
    assertThat(queue.claim(worker, CPU)).isEmpty();
    assertThat(status(labelled).waiting().reason()).isEqualTo(WaitReason.LABELS_UNAVAILABLE);
    assertThat(status(labelled).waiting().message()).contains("a100, ssd");
    assertThat(status(gpu).waiting().reason()).isEqualTo(WaitReason.ACCELERATOR_UNAVAILABLE);
    assertThat(status(gpu).waiting().message()).contains("a GPU").contains("CPU");

    Offer part = new Offer(1, Set.of("CPU", "GPU"), Set.of("ssd"), "{}");
    assertThat(queue.claim(hired(part), part).orElseThrow().id()).isEqualTo(gpu);
    assertThat(queue.claim(hired(part), part)).isEmpty();
    Offer all = new Offer(1, Set.of("CPU"), Set.of("ssd", "a100", "x"), "{}");
    assertThat(queue.claim(hired(all), all).orElseThrow().id()).isEqualTo(labelled);
  }

  @Test
  void a_job_says_when_no_worker_is_there_when_all_are_busy_and_when_it_is_tried_again() {
    String first = queued("first");
    String second = queued("second");
    assertThat(status(first).waiting().reason()).as("it is about to begin").isNull();
    ClaimedJob claim = claim();
    assertThat(status(second).waiting().reason()).isEqualTo(WaitReason.WORKERS_BUSY);
    assertThat(status(second).waiting().position()).isEqualTo(1);
    queue.crashed(claim, JobReason.TRAINER_CRASHED, "signal 6");
    assertThat(status(first).waiting().reason()).isEqualTo(WaitReason.BACKING_OFF);
    assertThat(status(first).waiting().until()).isNotNull();
    jdbc.update("delete from worker");
    assertThat(status(second).waiting().reason()).isEqualTo(WaitReason.NO_WORKER);
  }

  private static JobSpec job(String name, @Nullable SchedulingSpec scheduling) {
    return spec(name, AcceleratorSpec.Type.CPU, scheduling);
  }

  /** One after the other, as slots become free. */
  private List<String> claimAll() {
    List<String> order = new ArrayList<>();
    for (var c = queue.claim(worker, ROOMY); c.isPresent(); c = queue.claim(worker, ROOMY)) {
      order.add(c.get().id());
      queue.started(c.get(), 0, 1);
      queue.succeeded(c.get(), 1);
    }
    return order;
  }
}
