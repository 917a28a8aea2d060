package dev.trainyard.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.trainer.ChildTrainer;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.checkpoint.Checkpoint;
import dev.trainyard.trainer.checkpoint.Checkpoints;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** Trainers that die while they write, and checkpoints that rot where they lie. */
@Tag("chaos")
class CheckpointDamageTest {

  private static final int KILLS = Rounds.of("checkpoint-killed", 2, 200);
  private static final int DAMAGES = Rounds.of("checkpoint-damaged", 300, 10_000);
  private static final int RESTORES = Rounds.of("checkpoint-restored", 1, 100);
  private static final long STEPS = 60;

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  private final Random random = new Random();

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 60, 9);
  }

  @Test
  void killed_while_it_writes_it_restores_what_is_whole_and_ends_with_the_same_weights()
      throws Exception {
    run(plan("whole"));
    int attempt = 1;
    int inTheMidst = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      if (Files.exists(weights("killed"))) { // once more from the beginning
        assertThat(weights("killed")).hasSameBinaryContentAs(weights("whole"));
        FileSystemUtils.deleteRecursively(folder.resolve("killed"));
      }
      if (killInTheMidst(plan("killed").attempt(attempt++))) {
        inTheMidst++;
      }
      assertAllWhole("killed");
    }
    run(plan("killed").attempt(attempt));
    assertThat(weights("killed")).hasSameBinaryContentAs(weights("whole"));
    Rounds.measured(
        "checkpoint-killed",
        "%d kills, %d of them left a half-written checkpoint; what could be seen was whole, and the last weights bit-identical",
        KILLS,
        inTheMidst);
  }

  @Test
  void a_byte_flipped_or_a_file_cut_anywhere_is_always_noticed() throws Exception {
    run(plan("a"));
    Path checkpoints = folder.resolve("a/checkpoints");
    long newest = newest(checkpoints, new ArrayList<>()).orElseThrow().step();
    for (int n = 0; n < DAMAGES; n++) {
      Path file = anyFile(checkpoints.resolve(Long.toString(newest)));
      byte[] good = Files.readAllBytes(file);
      byte[] bad = damaged(good);
      Files.write(file, bad);
      List<String> warnings = new ArrayList<>();
      Optional<Checkpoint> used = newest(checkpoints, warnings);
      assertThat(used).as("%s with %s", file, Arrays.mismatch(good, bad)).isPresent();
      assertThat(used.get().step())
          .as("%s differs at %d", file, Arrays.mismatch(good, bad))
          .isLessThan(newest);
      assertThat(warnings).hasSize(1).first().asString().contains("step " + newest, "damaged");
      Files.write(file, good);
    }
    assertThat(newest(checkpoints, new ArrayList<>()).orElseThrow().step()).isEqualTo(newest);
    Rounds.measured("checkpoint-damaged", "%d damages, each noticed and named", DAMAGES);
  }

  @Test
  void a_trainer_goes_on_from_the_newest_that_verifies_and_says_so() throws Exception {
    run(plan("whole"));
    run(plan("a"));
    for (int n = 0; n < RESTORES; n++) {
      Path checkpoints = folder.resolve("a/checkpoints");
      long newest = newest(checkpoints, new ArrayList<>()).orElseThrow().step();
      Path file = anyFile(checkpoints.resolve(Long.toString(newest)));
      Files.write(file, damaged(Files.readAllBytes(file)));
      long good = newest(checkpoints, new ArrayList<>()).orElseThrow().step();
      FileSystemUtils.deleteRecursively(folder.resolve("a/export"));

      try (ChildTrainer trainer = ChildTrainer.of(plan("a").attempt(n + 2))) {
        TrainerEvent started = trainer.await(TrainerEvent.Started.class::isInstance);
        assertThat(((TrainerEvent.Started) started).step()).isEqualTo(good);
        trainer.await(TrainerEvent.Exported.class::isInstance);
        assertThat(trainer.exitCode()).isEqualTo(ExitCode.FINISHED.code());
      }
      assertThat(folder.resolve("a/log.txt"))
          .content()
          .contains("The checkpoint of step " + newest + " is damaged and was not used");
      assertThat(weights("a")).hasSameBinaryContentAs(weights("whole"));
    }
    Rounds.measured(
        "checkpoint-restored", "%d trainers restored the newest that verifies", RESTORES);
  }

  /** Whether it left something unfinished. */
  private boolean killInTheMidst(TinyPlan plan) throws Exception {
    Path checkpoints = folder.resolve("killed/checkpoints");
    try (ChildTrainer trainer = ChildTrainer.of(plan)) {
      trainer.await(TrainerEvent.Started.class::isInstance);
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (unfinished(checkpoints).isEmpty() && System.nanoTime() < until) {
        if (Files.exists(weights("killed"))) {
          break;
        }
        Thread.onSpinWait();
      }
      long moment = System.nanoTime() + random.nextInt(8_000_000);
      while (System.nanoTime() < moment) {
        Thread.onSpinWait();
      }
      trainer.kill();
    }
    return !unfinished(checkpoints).isEmpty();
  }

  private void assertAllWhole(String name) throws IOException {
    Path checkpoints = folder.resolve(name + "/checkpoints");
    List<String> warnings = new ArrayList<>();
    newest(checkpoints, warnings);
    assertThat(warnings).isEmpty();
  }

  private static Optional<Checkpoint> newest(Path checkpoints, List<String> warnings)
      throws IOException {
    return Checkpoints.newestIn(checkpoints, warnings::add);
  }

  private static List<Path> unfinished(Path checkpoints) throws IOException {
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.filter(path -> path.getFileName().toString().startsWith(".tmp-")).toList();
    }
  }

  private Path anyFile(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint)) {
      List<Path> all = files.sorted().toList();
      return all.get(random.nextInt(all.size()));
    }
  }

  /** Cut, or with another byte in one place. */
  private byte[] damaged(byte[] good) {
    int place = random.nextInt(good.length);
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(good, place);
    }
    byte[] bad = good.clone();
    bad[place] ^= (byte) (1 << random.nextInt(8));
    return bad;
  }

  /** A checkpoint every three steps, so that one is often being written. */
  private TinyPlan plan(String name) {
    return new TinyPlan(folder.resolve(name), data)
        .steps(STEPS, 30)
        .training("checkpoint", Map.of("steps", 3))
        .training("iterationsPerLoop", 1);
  }

  private void run(TinyPlan plan) throws Exception {
    try (ChildTrainer trainer = ChildTrainer.of(plan)) {
      trainer.await(TrainerEvent.Exported.class::isInstance);
      assertThat(trainer.exitCode()).isEqualTo(ExitCode.FINISHED.code());
    }
  }

  private Path weights(String name) {
    return folder.resolve(name + "/checkpoints/" + STEPS + "/variables.data-00000-of-00001");
  }
}
