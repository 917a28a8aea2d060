package dev.trainyard.worker.executor;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One child process: events on its standard output, its log on standard error. */
class LocalTrainer implements RunningTrainer {

  private static final Logger LOG = LoggerFactory.getLogger(LocalTrainer.class);

  private final Process process;
  private final Thread logPump;

  LocalTrainer(Process process, Path log) {
    this.process = process;
    this.logPump = new Thread(() -> appendTo(log), "trainer-log-" + process.pid());
    logPump.setDaemon(true);
    logPump.start();
  }

  @Override
  public int observe(Consumer<TrainerEvent> listener) throws IOException, InterruptedException {
    try (BufferedReader events = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        TrainerEvent event = parse(line);
        if (event != null) {
          listener.accept(event);
        }
      }
      int exitCode = process.waitFor();
      logPump.join();
      return exitCode;
    } finally {
      kill(); // on every way out: a trainer that nobody listens to must not train on
    }
  }

  private static @Nullable TrainerEvent parse(String line) {
    try {
      return SpecJson.MAPPER.readValue(line, TrainerEvent.class);
    } catch (JacksonException e) {
      // Native code may write to the stream too, and a killed process may leave half a line.
      LOG.debug("Not an event: {}", line);
      return null;
    }
  }

  @Override
  public void stop() {
    try {
      OutputStream words = process.getOutputStream();
      words.write((TrainerProcess.STOP + "\n").getBytes(StandardCharsets.UTF_8));
      words.flush();
    } catch (IOException e) {
      LOG.debug("Trainer {} has ended already", process.pid());
    }
  }

  @Override
  public void kill() {
    process.destroyForcibly();
  }

  private void appendTo(Path log) {
    try (InputStream words = process.getErrorStream();
        OutputStream file =
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      words.transferTo(file);
    } catch (IOException e) {
      LOG.warn("The log {} is cut short: {}", log, e.getMessage());
      drain();
    }
  }

  /** A trainer whose pipe is full would stand still. */
  private void drain() {
    try {
      process.getErrorStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
