package dev.trainyard.trainer.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trainyard.spec.Precision;
import dev.trainyard.trainer.TinyImages;
import dev.trainyard.trainer.TinyPlan;
import dev.trainyard.trainer.device.Accelerator;
import dev.trainyard.trainer.graph.Saver;
import dev.trainyard.trainer.graph.Snapshot;
import dev.trainyard.trainer.input.TrainingInput;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.types.TInt64;

class SnapshotTest {

  @TempDir Path folder;

  private final Graph graph = new Graph();
  private final ExecutorService beside = Executors.newSingleThreadExecutor();
  private TrainingInput input;
  private TrainingGraph training;
  private Snapshot snapshot;
  private Session session;

  @BeforeEach
  void train() throws IOException {
    TrainingPlan plan = new TinyPlan(folder, TinyImages.write(folder, 60, 9)).build();
    input = TrainingInput.open(plan);
    training =
        TrainingGraph.in(
            graph, plan, input, Accelerator.of(plan.spec().accelerator(), Precision.FLOAT32));
    snapshot = training.snapshot();
    session = new Session(graph);
    session.runner().addTarget(training.initializer()).run().close();
    restartAt(0);
    steps(5);
  }

  @AfterEach
  void close() throws IOException {
    beside.shutdown();
    session.close();
    graph.close();
    input.close();
  }

  @Test
  void what_is_written_while_training_goes_on_is_bit_for_bit_what_was_there() throws Exception {
    for (int round = 0; round < 5; round++) {
      Path expected = prefix("expected-" + round);
      session.save(expected.toString());
      snapshot.take(session);
      Path written = prefix("written-" + round);

      Future<?> writing = beside.submit(() -> snapshot.save(session, written));
      steps(20);
      writing.get();
      Path late = prefix("late-" + round); // the whole write comes after the steps
      snapshot.save(session, late);
      snapshot.release(session);

      Path now = prefix("now-" + round);
      session.save(now.toString());
      for (String suffix : new String[] {".index", ".data-00000-of-00001"}) {
        assertThat(file(written, suffix)).hasSameBinaryContentAs(file(expected, suffix));
        assertThat(file(late, suffix)).hasSameBinaryContentAs(file(expected, suffix));
      }
      assertThat(
              Files.mismatch(file(now, ".data-00000-of-00001"), file(late, ".data-00000-of-00001")))
          .isNotNegative();
    }
  }

  @Test
  void training_beside_a_write_comes_to_the_same_weights_as_without() throws Exception {
    Path start = prefix("start");
    session.save(start.toString());
    snapshot.take(session);
    Path written = prefix("written");
    Future<?> writing = beside.submit(() -> snapshot.save(session, written));
    restartAt(5);
    steps(10);
    writing.get();
    snapshot.release(session);
    Path together = prefix("together");
    session.save(together.toString());

    Saver.restore(session, start);
    restartAt(5);
    steps(10);
    Path alone = prefix("alone");
    session.save(alone.toString());

    assertThat(file(alone, ".data-00000-of-00001"))
        .hasSameBinaryContentAs(file(together, ".data-00000-of-00001"));
  }

  private void restartAt(long step) {
    try (TInt64 skip = TInt64.scalarOf(8 * step)) {
      session
          .runner()
          .feed(training.skip(), skip)
          .addTarget(training.training().restart())
          .run()
          .close();
    }
  }

  private void steps(int count) {
    for (int i = 0; i < count; i++) {
      session.runner().addTarget(training.parts().get(0)).run().close();
    }
  }

  private Path prefix(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name)).resolve("variables");
  }

  private static Path file(Path prefix, String suffix) {
    return prefix.resolveSibling("variables" + suffix);
  }
}
