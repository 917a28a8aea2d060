package dev.trainyard.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Runs children that answer one question. They end by themselves, at their deadline, or with this
 * object; and with the service, whose death ends their standard input.
 */
@Component
public class BoundedChildren implements AutoCloseable {

  private final List<Process> running = new ArrayList<>();
  private boolean closed;
  private final ScheduledExecutorService watchdog =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "children-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param timedOut whether it was killed because its time was up
   */
  public record Ended(int exitCode, boolean timedOut) {}

  /**
   * Waits for its end.
   *
   * @param child with its standard error led somewhere
   * @param lines is told each line of its standard output, by the calling thread
   */
  public Ended run(Child child, Duration timeout, Consumer<String> lines) throws IOException {
    Process process = child.start();
    add(process);
    ScheduledFuture<?> kill =
        watchdog.schedule(process::destroyForcibly, timeout.toNanos(), TimeUnit.NANOSECONDS);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      Lines said = new Lines(output);
      for (String line = said.next(); line != null; line = said.next()) {
        lines.accept(line);
      }
      int code = process.waitFor();
      return new Ended(code, !kill.cancel(false));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    } finally {
      kill.cancel(false);
      remove(process);
    }
  }

  private synchronized void add(Process process) {
    running.add(process);
    if (closed) {
      process.destroyForcibly();
    }
  }

  private synchronized void remove(Process process) {
    process.destroyForcibly(); // on every way out
    running.remove(process);
  }

  @Override
  public synchronized void close() {
    closed = true;
    running.forEach(Process::destroyForcibly);
    watchdog.shutdownNow();
  }
}
