package dev.trainyard.worker.executor;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trainyard.process.ChildJvm;
import dev.trainyard.spec.AcceleratorSpec;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.worker.executor.StandbyTrainers.Timing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class LocalTrainerExecutorTest {

  private static final Timing SOON = new Timing(ofMinutes(5), ofMillis(100), ofMillis(100));

  private static TrainingPlan.Data data;

  /** Tells this test's trainers from those that services of other tests keep ready. */
  private static final DataSize HEAP = DataSize.ofMegabytes(257);

  private static final DataSize LOG = DataSize.ofMegabytes(1);

  @TempDir Path folder;

  private LocalTrainerExecutor executor;

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 40, 6);
  }

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void a_waiting_trainer_gets_the_plan_and_the_next_one_starts_when_it_has_ended()
      throws Exception {
    open(1);
    awaitStandbys(1);
    Set<Long> waiting = trainers();

    List<TrainerEvent> events = new ArrayList<>();
    RunningTrainer trainer = executor.start(plan(20).write(), log());
    assertThat(trainers()).as("no other process").isEqualTo(waiting);
    assertThat(trainer.observe(events::add)).isEqualTo(ExitCode.FINISHED.code());

    assertThat(events.get(0)).isInstanceOf(TrainerEvent.Entered.class);
    assertThat(events).hasAtLeastOneElementOfType(TrainerEvent.Exported.class);
    assertThat(Files.readString(log()))
        .contains("starting from scratch", "step 20/20", "exported, loaded back");
    awaitStandbys(1);
    assertThat(trainers()).doesNotContainAnyElementsOf(waiting);
  }

  @Test
  void devices_are_known_although_no_trainer_waits() {
    open(0);
    await().atMost(ofSeconds(60)).until(() -> executor.devices().isPresent());
    assertThat(executor.devices().orElseThrow().types()).contains(AcceleratorSpec.Type.CPU);
    assertThat(executor.devices().orElseThrow().inWords()).startsWith("CPU:0 (");
    await().atMost(ofSeconds(20)).until(() -> trainers().isEmpty());
  }

  @Test
  void nobody_waits_so_the_job_gets_a_trainer_of_its_own() throws Exception {
    executor = new LocalTrainerExecutor(new ChildJvm(), HEAP, LOG, 0, SOON);
    RunningTrainer trainer = executor.start(plan(5).write(), log());
    assertThat(trainer.observe(event -> {})).isEqualTo(ExitCode.FINISHED.code());
    assertThat(Files.readString(log())).contains("step 5/5");
  }

  @Test
  void one_that_has_died_is_replaced() {
    open(1);
    awaitStandbys(1);
    Set<Long> first = trainers();
    first.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));

    await().atMost(ofSeconds(60)).until(() -> trainers().size() == 1 && !trainers().equals(first));
    awaitStandbys(1);
  }

  @Test
  void a_death_between_the_plan_and_its_first_word_is_not_the_jobs() throws Exception {
    open(1);
    awaitStandbys(1);
    long pid = trainers().iterator().next();
    new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();

    RunningTrainer trainer = executor.start(plan(5).write(), log());
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);

    assertThat(trainer.observe(event -> {})).isEqualTo(ExitCode.FINISHED.code());
    assertThat(Files.readString(log())).contains("step 5/5");
  }

  @Test
  void a_handed_over_job_stops_on_request() throws Exception {
    open(1);
    awaitStandbys(1);
    RunningTrainer trainer = executor.start(plan(1_000_000).write(), log());
    List<TrainerEvent> events = new ArrayList<>();
    int code =
        trainer.observe(
            event -> {
              events.add(event);
              if (event instanceof TrainerEvent.Progress) {
                trainer.stop();
              }
            });
    assertThat(code).isEqualTo(ExitCode.STOPPED.code());
    assertThat(events).hasAtLeastOneElementOfType(TrainerEvent.Stopped.class);
  }

  @Test
  void closed_it_leaves_no_process_behind() {
    open(2);
    awaitStandbys(2);
    executor.close();
    assertThat(executor.standbys()).isZero();
    await().atMost(ofSeconds(10)).until(() -> trainers().isEmpty());
  }

  @Test
  void a_tpu_is_looked_for_and_not_found() throws Exception {
    open(0);
    await().atMost(ofSeconds(60)).until(() -> executor.devices().isPresent());
    executor.lookForTpu();
    assertThat(executor.devices().orElseThrow().types()).doesNotContain(AcceleratorSpec.Type.TPU);
  }

  private void open(int standbys) {
    executor = new LocalTrainerExecutor(new ChildJvm(), HEAP, LOG, standbys, SOON);
    executor.open();
  }

  private void awaitStandbys(int count) {
    await()
        .atMost(ofSeconds(90))
        .until(() -> executor.standbys() == count && executor.devices().isPresent());
  }

  private TinyPlan plan(long steps) {
    return new TinyPlan(folder, data).steps(steps, steps);
  }

  private Path log() {
    return folder.resolve("log.txt");
  }

  private static Set<Long> trainers() {
    return ProcessHandle.current()
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains(TrainerProcess.TRAINER_MAIN))
        .filter(p -> p.info().commandLine().orElse("").contains("-Xmx257m"))
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
