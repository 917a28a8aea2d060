package dev.trainyard.trainer.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes checkpoints beside training, one at a time, on a thread of its own. Only the training
 * thread calls it; what goes wrong while writing is thrown there, at its next call.
 */
public final class CheckpointWriter implements AutoCloseable {

  /** Values that do not change any more. */
  public interface Values extends AutoCloseable {

    /** Writes TensorFlow's files under {@code prefix}. */
    void save(Path prefix);

    /** Frees the values; nothing happens when they are freed already. */
    @Override
    void close();
  }

  private final Checkpoints checkpoints;
  private final int newest;
  private final Supplier<OptionalLong> best;
  private final BiConsumer<Checkpoint, Duration> written;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "checkpoint-writer"));
  private @Nullable Future<Checkpoint> writing;
  private @Nullable Checkpoint last;

  /**
   * @param newest how many checkpoints are kept
   * @param best the step of one that is kept besides; asked after each checkpoint, on this writer's
   *     thread
   * @param written is told of each checkpoint once it is durable, and how long that took, on this
   *     writer's thread
   */
  public CheckpointWriter(
      Checkpoints checkpoints,
      int newest,
      Supplier<OptionalLong> best,
      BiConsumer<Checkpoint, Duration> written) {
    this.checkpoints = checkpoints;
    this.newest = newest;
    this.best = best;
    this.written = written;
  }

  /**
   * Waits until the last checkpoint is written, then begins to write this one.
   *
   * @param trained time that training took up to it, over all attempts
   * @param values gives what is to be written; this writer closes it
   */
  public void begin(long step, Duration trained, Supplier<Values> values) throws IOException {
    await();
    Values taken = values.get();
    writing = thread.submit(() -> write(step, trained, taken));
  }

  private Checkpoint write(long step, Duration trained, Values values) throws IOException {
    Checkpoint checkpoint;
    long begin = System.nanoTime();
    try (values) {
      checkpoint =
          checkpoints.write(
              step,
              trained,
              prefix -> {
                values.save(prefix);
                values.close(); // hashing and syncing need no memory
              });
    }
    written.accept(checkpoint, Duration.ofNanos(System.nanoTime() - begin));
    checkpoints.keep(newest, best.get());
    return checkpoint;
  }

  /** Whether a checkpoint is being written. */
  public boolean isBusy() {
    return writing != null && !writing.isDone();
  }

  /** Throws what went wrong since the last call, if anything did; waits for nothing. */
  public void check() throws IOException {
    if (!isBusy()) {
      await();
    }
  }

  /** Waits until the last checkpoint is durable; gives it, if there was any. */
  public Optional<Checkpoint> await() throws IOException {
    Future<Checkpoint> current = writing;
    writing = null;
    if (current != null) {
      try {
        last = current.get();
      } catch (ExecutionException e) {
        throw unchecked(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("Interrupted while a checkpoint was written", e);
      }
    }
    return Optional.ofNullable(last);
  }

  private static RuntimeException unchecked(@Nullable Throwable problem) throws IOException {
    if (problem instanceof Error error) {
      throw error;
    }
    if (problem instanceof IOException failed) {
      throw failed;
    }
    return problem instanceof RuntimeException failed ? failed : new IllegalStateException(problem);
  }

  /** Waits for the checkpoint that is being written: its values are native memory in use. */
  @Override
  public void close() throws IOException {
    thread.shutdown();
    await();
  }
}
