package dev.trainyard.model.predict;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains a process's standard error into the log and keeps its end, which says why it died. */
final class LastWords {

  private static final Logger log = LoggerFactory.getLogger(LastWords.class);
  private static final int LINES = 5;
  private static final int LINE_LENGTH = 300;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final Thread drain;

  private LastWords(Process process) {
    this.drain = new Thread(() -> drain(process), "predictor-" + process.pid() + "-stderr");
    drain.setDaemon(true);
  }

  static LastWords of(Process process) {
    LastWords words = new LastWords(process);
    words.drain.start();
    return words;
  }

  /** The last lines after a colon, or nothing; call it when the process has ended. */
  String text() {
    try {
      drain.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lines) {
      return lines.isEmpty() ? "" : ": " + String.join(" | ", lines);
    }
  }

  private void drain(Process process) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        log.debug("Predictor {}: {}", process.pid(), line);
        keep(line.strip());
      }
    } catch (IOException e) {
      log.debug("Predictor {}'s standard error ended: {}", process.pid(), e.getMessage());
    }
  }

  private void keep(String line) {
    if (line.isEmpty() || line.startsWith("at ")) {
      return; // a stack trace's frames would push its message out
    }
    synchronized (lines) {
      lines.addLast(line.substring(0, Math.min(LINE_LENGTH, line.length())));
      if (lines.size() > LINES) {
        lines.removeFirst();
      }
    }
  }
}
