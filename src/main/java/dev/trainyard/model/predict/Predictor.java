package dev.trainyard.model.predict;

import dev.trainyard.trainer.protocol.PredictorFrame;
import dev.trainyard.trainer.protocol.PredictorMessage;
import dev.trainyard.trainer.protocol.PredictorMessage.Answer;
import dev.trainyard.trainer.protocol.PredictorMessage.Failed;
import dev.trainyard.trainer.protocol.PredictorMessage.Load;
import dev.trainyard.trainer.protocol.PredictorMessage.Ready;
import dev.trainyard.trainer.protocol.PredictorMessage.Run;
import dev.trainyard.trainer.protocol.PredictorMessage.Warm;
import dev.trainyard.trainer.protocol.TrainerEvent.SignatureInfo;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One predictor process and both ends of its pipe. Takes one request at a time; whoever holds it
 * sees to that. Reads and writes block, so a watchdog kills the process at the deadline: that
 * breaks the pipe and frees the thread.
 */
final class Predictor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Predictor.class);
  private static final int BUFFER = 1 << 16;

  private final long started = System.nanoTime();
  private final Process process;
  private final ScheduledExecutorService watchdog;
  private final OutputStream requests;
  private final InputStream answers;
  private final LastWords lastWords;
  private volatile long memory;
  private long lastId;

  /** Starts a process that gets warm, and waits to be told what to load. */
  Predictor(PredictorLauncher launcher, ScheduledExecutorService watchdog)
      throws PredictorEndedException {
    this.watchdog = watchdog;
    try {
      this.process = launcher.start();
    } catch (IOException e) {
      throw new PredictorEndedException("No process could be started: " + e.getMessage(), false);
    }
    this.requests = new BufferedOutputStream(process.getOutputStream(), BUFFER);
    this.answers = new BufferedInputStream(process.getInputStream(), BUFFER);
    this.lastWords = LastWords.of(process);
  }

  /**
   * Waits until the model is loaded. To be called once.
   *
   * @return what it takes and gives, by signature name
   * @throws PredictorEndedException when it is not by the deadline; the process has ended then
   */
  Map<String, SignatureInfo> load(Path model, Deadline deadline) throws PredictorEndedException {
    Ready ready =
        within(
            deadline,
            () -> {
              new PredictorFrame(new Load(model.toAbsolutePath().toString())).writeTo(requests);
              receive(Warm.class, 0);
              return (Ready) receive(Ready.class, 0).message();
            });
    memory = ready.memory();
    log.debug("Predictor {} serves {}", process.pid(), model);
    return ready.signatures();
  }

  /**
   * A frame with {@link Answer} or {@link Failed}.
   *
   * @param most bytes of the answer's tensors
   */
  PredictorFrame ask(Question question, long most, Deadline deadline)
      throws PredictorEndedException {
    return within(
        deadline,
        () -> {
          long id = ++lastId;
          Run run = new Run(id, question.signature(), question.rows(), most);
          new PredictorFrame(run, question.inputs()).writeTo(requests);
          PredictorFrame frame = receive(PredictorMessage.class, most);
          long answered =
              frame.message() instanceof Answer answer
                  ? answer.id()
                  : frame.message() instanceof Failed failed ? failed.id() : -1;
          if (answered != id) {
            throw new IOException("it answered request " + answered + " instead of " + id);
          }
          if (frame.message() instanceof Answer answer) {
            memory = answer.memory();
          }
          return frame;
        });
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** Bytes of the process in memory, as it last said; 0 before. */
  long memory() {
    return memory;
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

  private PredictorFrame receive(Class<? extends PredictorMessage> type, long most)
      throws IOException {
    PredictorFrame frame = PredictorFrame.read(answers, most);
    if (frame == null) {
      throw new IOException("it ended");
    }
    if (!type.isInstance(frame.message())) {
      throw new IOException("it said " + frame.message() + " out of turn");
    }
    return frame;
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
    } catch (IOException e) {
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
