package dev.trainyard.worker.executor;

import dev.trainyard.process.Lines;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.TrainerEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Both ends of the talk with one child: words to it, events and log from it. */
final class TrainerPipe {

  private static final Logger LOG = LoggerFactory.getLogger(TrainerPipe.class);

  private final Process process;
  private final Lines events;
  private final LogPump log;

  TrainerPipe(Process process) {
    this.process = process;
    this.events = new Lines(process.inputReader(StandardCharsets.UTF_8));
    this.log = new LogPump(process);
  }

  /** Its next event; null when it has ended. One thread at a time. */
  @Nullable TrainerEvent next() throws IOException {
    for (String line = events.next(); line != null; line = events.next()) {
      try {
        return SpecJson.MAPPER.readValue(line, TrainerEvent.class);
      } catch (JacksonException e) {
        // Native code may write to the stream too, and a killed process may leave half a line.
        LOG.debug("Not an event: {}", line);
      }
    }
    return null;
  }

  /**
   * @throws IOException when nobody reads it any more
   */
  void say(String line) throws IOException {
    OutputStream words = process.getOutputStream();
    words.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    words.flush();
  }

  /** Ends its standard input. */
  void hangUp() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("Trainer {} has ended already", process.pid());
    }
  }

  void logTo(CappedLog file) {
    log.into(file);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Waits so long for its end, then kills it. */
  void end(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
  }

  /** Waits for its end and its last words; its exit code. */
  int exitCode() throws InterruptedException {
    int code = process.waitFor();
    log.join();
    return code;
  }
}
