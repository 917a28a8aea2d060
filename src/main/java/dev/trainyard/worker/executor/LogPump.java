package dev.trainyard.worker.executor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a child's standard error to a job's log, once it has a job; what it says before goes to
 * the service's own log. It always reads on: a child whose pipe is full would stand still.
 */
final class LogPump {

  private static final Logger LOG = LoggerFactory.getLogger(LogPump.class);

  private final Process process;
  private final Thread thread;
  private boolean assigned;
  private @Nullable OutputStream log;

  LogPump(Process process) {
    this.process = process;
    this.thread = new Thread(this::pump, "trainer-log-" + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  /** Appends to {@code file} from now on. */
  synchronized void into(CappedLog file) {
    assigned = true;
    try {
      log = file.open();
      if (!thread.isAlive()) {
        close(); // it has said all that it will
      }
    } catch (IOException e) {
      LOG.warn("The log {} cannot be written: {}", file.file(), e.getMessage());
    }
  }

  /** Waits until all is written. */
  void join() throws InterruptedException {
    thread.join();
  }

  private void pump() {
    try (InputStream words = process.getErrorStream()) {
      byte[] buffer = new byte[1 << 13];
      for (int n = words.read(buffer); n >= 0; n = words.read(buffer)) {
        write(buffer, n);
      }
    } catch (IOException e) {
      LOG.debug("Trainer {} has ended: {}", process.pid(), e.getMessage());
    } finally {
      close();
    }
  }

  private synchronized void write(byte[] bytes, int length) {
    if (!assigned) {
      LOG.debug(
          "Trainer {}: {}", process.pid(), new String(bytes, 0, length, StandardCharsets.UTF_8));
    } else if (log != null) {
      try {
        log.write(bytes, 0, length);
      } catch (IOException e) {
        LOG.warn("The log of trainer {} is cut short: {}", process.pid(), e.getMessage());
        close();
      }
    }
  }

  private synchronized void close() {
    try {
      if (log != null) {
        log.close();
      }
    } catch (IOException e) {
      LOG.debug("A log could not be closed: {}", e.getMessage());
    }
    log = null;
  }
}
