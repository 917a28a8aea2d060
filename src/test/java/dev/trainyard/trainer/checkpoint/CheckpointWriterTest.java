package dev.trainyard.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CheckpointWriterTest {

  @TempDir Path root;

  private final List<Long> durable = new CopyOnWriteArrayList<>();
  private final AtomicInteger held = new AtomicInteger();
  private volatile OptionalLong best = OptionalLong.empty();
  private CheckpointWriter writer;

  @BeforeEach
  void open() throws IOException {
    writer =
        new CheckpointWriter(
            new Checkpoints(root, 1),
            2,
            () -> best,
            (written, took) -> {
              assertThat(root.resolve(written.step() + "/manifest.json")).exists();
              durable.add(written.step());
            });
  }

  @Test
  void it_writes_while_its_caller_goes_on_and_tells_when_it_is_durable() throws Exception {
    CountDownLatch disk = new CountDownLatch(1);
    writer.begin(7, Duration.ofSeconds(3), () -> new Held("seven", disk));

    writer.check();
    assertThat(writer.isBusy()).isTrue();
    assertThat(durable).isEmpty();
    assertThat(root.resolve("7")).doesNotExist();

    disk.countDown();
    Checkpoint written = writer.await().orElseThrow();
    assertThat(written.step()).isEqualTo(7);
    assertThat(written.trained()).isEqualTo(Duration.ofSeconds(3));
    assertThat(durable).containsExactly(7L);
    assertThat(held).hasValue(0);
    assertThat(new Checkpoints(root, 2).of(7).trained()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void the_next_one_is_not_even_frozen_before_the_last_is_written() throws Exception {
    CountDownLatch disk = new CountDownLatch(1);
    writer.begin(1, Duration.ZERO, () -> new Held("one", disk));
    AtomicBoolean begun = new AtomicBoolean();
    Thread training =
        new Thread(
            () -> {
              try {
                writer.begin(
                    2,
                    Duration.ZERO,
                    () -> {
                      assertThat(durable).containsExactly(1L);
                      return new Held("two", disk);
                    });
                begun.set(true);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    training.start();
    await().until(() -> training.getState() == Thread.State.WAITING);
    assertThat(held).hasValue(1);

    disk.countDown();
    training.join();
    assertThat(begun).isTrue();
    assertThat(writer.await().orElseThrow().step()).isEqualTo(2);
  }

  @Test
  void what_goes_wrong_is_thrown_at_the_next_look_and_leaves_nothing_behind() throws Exception {
    writer.begin(
        3,
        Duration.ZERO,
        () ->
            new Held("three", new CountDownLatch(0)) {
              @Override
              public void save(Path prefix) {
                super.save(prefix);
                throw new UncheckedIOException(new IOException("No space left on device"));
              }
            });
    await().until(() -> !writer.isBusy());

    assertThatThrownBy(writer::check).hasStackTraceContaining("No space left on device");
    writer.check();
    assertThat(held).hasValue(0);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void the_newest_are_kept_and_the_best_whatever_its_age() throws Exception {
    best = OptionalLong.of(10);
    for (long step : new long[] {10, 20, 30, 40}) {
      writer.begin(step, Duration.ZERO, () -> new Held("w", new CountDownLatch(0)));
    }
    writer.await();
    assertThat(names()).containsExactlyInAnyOrder("10", "30", "40");

    best = OptionalLong.of(40);
    writer.begin(50, Duration.ZERO, () -> new Held("w", new CountDownLatch(0)));
    writer.close();
    assertThat(names()).containsExactlyInAnyOrder("40", "50");
  }

  private List<String> names() throws IOException {
    try (var folders = Files.list(root)) {
      return folders.map(folder -> folder.getFileName().toString()).toList();
    }
  }

  /** Values that are written once the disk lets them. */
  private class Held implements CheckpointWriter.Values {

    private final String content;
    private final CountDownLatch disk;
    private boolean open = true;

    Held(String content, CountDownLatch disk) {
      this.content = content;
      this.disk = disk;
      held.incrementAndGet();
    }

    @Override
    public void save(Path prefix) {
      try {
        disk.await();
        Files.writeString(Path.of(prefix + ".data"), content);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      if (open) {
        open = false;
        held.decrementAndGet();
      }
    }
  }
}
