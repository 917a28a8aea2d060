package dev.trainyard.dataset.convert;

import dev.trainyard.dataset.image.ImageIntake;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that look at images, one for each processor, and the memory that they share. Closing
 * interrupts them.
 */
public final class ImageWorkers implements AutoCloseable {

  private static final int BYTES_A_PERMIT = 1024;

  /** Looks at one item; other items are being looked at meanwhile. */
  interface Task {
    void run(int index) throws Exception;
  }

  private final ExecutorService threads;
  private final int count;
  private final Semaphore bytes;
  private final int permits;
  private final ImageIntake intake;

  /**
   * @param threads one for each processor
   * @param maxBytes of encoded images in memory at a time; a single larger one goes alone
   */
  public ImageWorkers(int threads, long maxBytes, ImageIntake intake) {
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            threads, task -> new Thread(task, "image-" + number.incrementAndGet()));
    this.count = threads;
    this.permits = (int) Math.max(1, Math.min(maxBytes / BYTES_A_PERMIT, Integer.MAX_VALUE));
    this.bytes = new Semaphore(permits, true);
    this.intake = intake;
  }

  ImageIntake intake() {
    return intake;
  }

  int acquire(long size) throws InterruptedException {
    int needed = (int) Math.min(permits, Math.max(1, size / BYTES_A_PERMIT));
    bytes.acquire(needed);
    return needed;
  }

  void release(int held) {
    bytes.release(held);
  }

  /** Runs the task for 0 to {@code size - 1}; the first failure stops all and is thrown. */
  void forEach(int size, Task task) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      runs.add(
          threads.submit(
              () -> {
                try {
                  for (int k = next.getAndIncrement(); k < size; k = next.getAndIncrement()) {
                    task.run(k);
                  }
                } finally {
                  // After a failure nobody starts another; after the last one it changes nothing.
                  next.set(size);
                }
                return null;
              }));
    }
    join(runs);
  }

  private static void join(List<Future<?>> runs) throws Exception {
    Exception first = null;
    try {
      for (Future<?> run : runs) {
        try {
          run.get();
        } catch (ExecutionException e) {
          first = first == null ? unwrapped(e) : first;
        }
      }
    } catch (InterruptedException e) {
      runs.forEach(run -> run.cancel(true));
      throw e;
    }
    if (first != null) {
      throw first;
    }
  }

  private static Exception unwrapped(ExecutionException e) {
    return e.getCause() instanceof Exception cause
        ? cause
        : new IOException("An image could not be looked at: " + e.getCause(), e);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
