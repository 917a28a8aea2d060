package dev.trainyard.model.predict;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.PredictorMessage;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;

/**
 * One running predictor process and both ends of its pipe. Takes one request at a time; whoever
 * holds it sees to that. Reads and writes block, so a watchdog kills the process at the deadline:
 * that breaks the pipe and frees the thread.
 */
final class Predictor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Predictor.class);

  private static final ObjectWriter TO_PIPE =
      SpecJson.MAPPER.writer().without(StreamWriteFeature.AUTO_CLOSE_TARGET);

  private final Process process;
  private final ScheduledExecutorService watchdog;
  private final OutputStream requests;
  private final BufferedReader answers;
  private final LastWords lastWords;
  private final Map<String, SignatureInfo> signatures;
  private long lastId;

  /**
   * Starts the process and waits until its model is loaded.
   *
   * @throws PredictorEndedException when it is not by the deadline
   */
  Predictor(
      PredictorLauncher launcher, Path model, Deadline deadline, ScheduledExecutorService watchdog)
      throws PredictorEndedException {
    this.watchdog = watchdog;
    try {
      this.process = launcher.start(model);
    } catch (IOException e) {
      throw new PredictorEndedException("No process could be started: " + e.getMessage(), false);
    }
    this.requests = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.lastWords = LastWords.of(process);
    try {
      this.signatures = within(deadline, () -> receive(PredictorMessage.Ready.class).signatures());
    } catch (PredictorEndedException | RuntimeException e) {
      close();
      throw e;
    }
    log.debug("Predictor {} serves {}", process.pid(), model);
  }

  /** What the loaded model takes and gives, by signature name. */
  Map<String, SignatureInfo> signatures() {
    return signatures;
  }

  long pid() {
    return process.pid();
  }

  /** Its {@code Predictions}, or {@code Refused}. */
  PredictorMessage ask(List<byte[]> images, Deadline deadline) throws PredictorEndedException {
    return within(
        deadline,
        () -> {
          long id = ++lastId;
          TO_PIPE.writeValue(requests, new PredictorMessage.Request(id, images));
          requests.write('\n');
          requests.flush();
          PredictorMessage answer = receive(PredictorMessage.class);
          long answered =
              answer instanceof PredictorMessage.Predictions it
                  ? it.id()
                  : answer instanceof PredictorMessage.Refused it ? it.id() : -1;
          if (answered != id) {
            throw new IOException("it answered request " + answered + " instead of " + id);
          }
          if (answer instanceof PredictorMessage.Predictions it
              && it.predictions().size() != images.size()) {
            throw new IOException("it answered with " + it.predictions().size() + " predictions");
          }
          return answer;
        });
  }

  /** Ends the process at once: it has no state to save. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T extends PredictorMessage> T receive(Class<T> type) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("it ended");
    }
    PredictorMessage message = SpecJson.MAPPER.readValue(line, PredictorMessage.class);
    if (!type.isInstance(message)) {
      throw new IOException("it said " + message.getClass().getSimpleName() + " out of turn");
    }
    return type.cast(message);
  }

  private <T> T within(Deadline deadline, Talk<T> talk) throws PredictorEndedException {
    ScheduledFuture<?> kill =
        watchdog.schedule(
            process::destroyForcibly, deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    try {
      T said = talk.run();
      if (!kill.cancel(false)) {
        throw outOfTime(); // the answer came, but the process is being killed
      }
      return said;
    } catch (IOException | JacksonException e) {
      if (!kill.cancel(false)) {
        throw outOfTime();
      }
      close();
      throw new PredictorEndedException(
          "Its process failed: " + e.getMessage() + lastWords.text(), false);
    }
  }

  private PredictorEndedException outOfTime() {
    close();
    return new PredictorEndedException(
        "It did not answer in time and was ended" + lastWords.text() + ".", true);
  }

  /** Something said or heard over the pipe. */
  private interface Talk<T> {
    T run() throws IOException;
  }
}
