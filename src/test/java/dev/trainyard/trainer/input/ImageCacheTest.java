package dev.trainyard.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.device.FreeMemory;
import dev.trainyard.trainer.input.Pipelines.Batch;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;

class ImageCacheTest {

  private static final int BATCHES_AN_EPOCH = 5; // 40 images, 8 a batch

  private static TrainingPlan.Data data;

  @TempDir Path folder;

  @BeforeAll
  static void write(@TempDir Path shared) {
    data = TinyImages.write(shared, 40, 11);
  }

  @ParameterizedTest
  @CsvSource({"memory, article", "memory, resnet", "disk, article", "disk, resnet"})
  void batches_are_the_same_with_and_without_it_also_after_a_resume(
      String where, String augmentation) {
    TinyPlan plan = new TinyPlan(folder, data).input("augmentation", augmentation);
    List<Batch> plain = Pipelines.training(plan.build(), 0, 3 * BATCHES_AN_EPOCH);
    List<Batch> plainEvaluation = Pipelines.evaluation(plan.build(), 3);
    TrainingPlan cached = plan.input("cache", where).build();

    assertThat(Pipelines.training(cached, 0, 3 * BATCHES_AN_EPOCH)).isEqualTo(plain);
    assertThat(Pipelines.training(cached, 7, 8)).isEqualTo(plain.subList(7, 15));
    assertThat(Pipelines.evaluation(cached, 3)).isEqualTo(plainEvaluation);
  }

  @Test
  void what_was_decoded_once_is_not_decoded_again() throws IOException {
    TrainingPlan plan = new TinyPlan(folder, data).input("cache", "disk").build();
    try (TrainingInput input = TrainingInput.open(plan);
        Graph graph = new Graph()) {
      Batches batches = input.in(graph).training(8, 1, Ops.create(graph).constant(0L));
      try (Session session = new Session(graph)) {
        session.runner().addTarget(batches.restart()).run().close();
        run(session, batches, 6 * BATCHES_AN_EPOCH);
        long files = files().count();
        assertThat(files).isBetween(40L, 80L); // some were decoded twice at the same time

        run(session, batches, 6 * BATCHES_AN_EPOCH);
        assertThat(files()).hasSize((int) files);
      }
    }
    assertThat(folder.resolve("scratch/cache")).doesNotExist();
  }

  @Test
  void an_attempt_that_was_replaced_leaves_its_successors_images_alone() throws IOException {
    TinyPlan plan = new TinyPlan(folder, data).input("cache", "disk");
    Path file = folder.resolve("cache/2/training/0/0");
    TrainingInput replaced = TrainingInput.open(plan.build());
    try (TrainingInput successor = TrainingInput.open(plan.attempt(2).build())) {
      assertThat(successor.warnings()).isEmpty();
      Files.createDirectories(file.getParent());
      Files.writeString(file, "an image");
      replaced.close();
      assertThat(file).exists();
    }
    assertThat(folder.resolve("scratch/cache")).doesNotExist();
  }

  @Test
  void images_that_do_not_fit_are_not_cached_and_it_says_so() throws IOException {
    TrainingPlan plan = new TinyPlan(folder, data).input("cache", "memory").build();
    long needed = 51 * (24 * 24 * 3 + 256);

    try (TrainingInput input = TrainingInput.open(plan, () -> 2 * needed - 1)) {
      assertThat(input.warnings())
          .singleElement()
          .satisfies(text -> assertThat(text).contains("not cached", "free memory"));
    }
    try (TrainingInput input = TrainingInput.open(plan, () -> 2 * needed)) {
      assertThat(input.warnings()).isEmpty();
    }
  }

  @Test
  void this_machine_has_some_memory_and_disk() throws IOException {
    assertThat(FreeMemory.bytes()).isBetween(1L << 20, 1L << 50);
    assertThat(CacheRoom.freeDisk(folder)).isPositive();
  }

  private Stream<Path> files() throws IOException {
    return Files.walk(folder.resolve("scratch/cache")).filter(Files::isRegularFile);
  }

  private static void run(Session session, Batches batches, int count) {
    for (int i = 0; i < count; i++) {
      session.runner().addTarget(batches.labels()).run().close();
    }
  }
}
