package dev.trainyard.job.preflight;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trainyard.problem.Problem;
import dev.trainyard.problem.ProblemException;
import dev.trainyard.process.BoundedChildren;
import dev.trainyard.process.ChildJvm;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.FailureReason;
import dev.trainyard.trainer.protocol.PreflightEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class PreflightProcessTest {

  @TempDir Path folder;

  @Test
  void it_ends_at_its_deadline_and_what_is_known_is_answered() throws Exception {
    TrainingPlan.Data data = TinyImages.write(folder, 60, 12);
    Path silent = data.trainShards().get(0); // opened, it waits for a writer for ever
    Files.delete(silent);
    assertThat(new ProcessBuilder("mkfifo", silent.toString()).start().waitFor()).isZero();
    Trace trace = run(new TinyPlan(folder.resolve("job"), data), ofSeconds(12));
    assertThat(trace.timedOut()).isTrue();
    assertThat(trace.built()).isNotNull();
    assertThat(trace.stepped()).isNull();
    assertThat(trace.failed()).isNull();
  }

  @Test
  void a_loss_that_is_no_number_is_told() throws Exception {
    TinyPlan plan = plan().training("optimizer", Map.of("type", "sgd", "learningRate", 1e30));
    Trace trace = run(plan, ofSeconds(60));
    assertThat(trace.failed()).isNotNull();
    assertThat(trace.failed().reason()).isEqualTo(FailureReason.NON_FINITE_LOSS);
    assertThatThrownBy(() -> verdict(plan.build(), trace))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(Problem.PREFLIGHT_FAILED);
              assertThat(e.errors().get(0).field()).isEqualTo("training.optimizer.learningRate");
            });
  }

  @Test
  void a_step_that_does_not_fit_here_names_a_batch_that_would_unless_a_worker_is_larger() {
    TrainingPlan plan = plan().build();
    Trace trace = new Trace();
    trace.add(
        new PreflightEvent.Built("CPU", "2.18.0", 1, 9 << 20, 4 << 20, 3, java.util.List.of()));
    trace.add(new PreflightEvent.Failed(FailureReason.OUT_OF_MEMORY, "Too large."));
    trace.ended(4, false);
    assertThatThrownBy(() -> verdict(plan, trace))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(Problem.INVALID_REQUEST);
              assertThat(e.errors().get(0).field()).isEqualTo("training.batchSize");
              assertThat(e.errors().get(0).message()).contains("make it 3 or less");
            });
    Verdict.check(trace, plan.spec(), OptionalLong.of(1 << 30), folder, ofSeconds(1));
  }

  @Test
  void a_process_that_dies_without_a_word_is_told_apart_from_one_that_was_killed() {
    TrainingPlan plan = plan().build();
    assertThatThrownBy(() -> verdict(plan, new Trace().ended(134, false)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.PREFLIGHT_FAILED));
    assertThatThrownBy(() -> verdict(plan, new Trace().ended(137, false)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isEqualTo(Problem.PREFLIGHT_UNAVAILABLE));
  }

  private Trace run(TinyPlan plan, Duration timeout) throws Exception {
    PreflightProperties properties = new PreflightProperties(timeout, 1, DataSize.ofMegabytes(256));
    try (BoundedChildren children = new BoundedChildren()) {
      return new PreflightProcess(new ChildJvm(), children, properties)
          .run(plan.write(), folder.resolve("log.txt"));
    }
  }

  private void verdict(TrainingPlan plan, Trace trace) throws Exception {
    Path log = Files.writeString(folder.resolve("words.txt"), "Check failed");
    Verdict.check(trace, plan.spec(), OptionalLong.empty(), log, ofSeconds(60));
  }

  private TinyPlan plan() {
    return new TinyPlan(folder.resolve("job"), TinyImages.write(folder, 60, 12));
  }
}
