package dev.trainyard.trainer;

import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.device.NativeLibrary;
import dev.trainyard.trainer.device.NativeMemory;
import dev.trainyard.trainer.loop.Outcome;
import dev.trainyard.trainer.loop.PlanException;
import dev.trainyard.trainer.loop.StopSignal;
import dev.trainyard.trainer.loop.Trainer;
import dev.trainyard.trainer.protocol.ExitCode;
import dev.trainyard.trainer.protocol.FailureReason;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainingPlan;
import dev.trainyard.trainer.summary.TrainingSummaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/**
 * The trainer process: carries out one {@code plan.json}, its one argument, or, without a path, the
 * one that it is told of once it is warm. Events go to standard output, everything else to standard
 * error; {@link ExitCode} says how it ended.
 */
public final class TrainerMain {

  private TrainerMain() {}

  public static void main(String[] arguments) {
    NativeMemory.leaveToTheSystem();
    NativeLibrary.loadMeanwhile();
    EventStream events = new EventStream(System.out);
    System.setOut(System.err); // events only, whatever a library prints
    List<String> options = Arrays.stream(arguments).filter(it -> it.startsWith("--")).toList();
    Optional<Path> known =
        Arrays.stream(arguments).filter(it -> !it.startsWith("--")).findFirst().map(Path::of);
    ParentWatch parent = ParentWatch.on(System.in, known);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(parent, ended)));
    ExitCode code = ExitCode.RETRIABLE;
    try {
      if (known.isEmpty()) {
        Standby.await(options, events, parent);
      }
      code = parent.awaitPlan().map(plan -> run(plan, events, parent)).orElse(ExitCode.FINISHED);
    } catch (Throwable e) { // a native library that does not load, say
      e.printStackTrace();
      NativeLibrary.letTheReasonBeSaid();
    } finally {
      ended.countDown(); // or the process would never end
    }
    System.exit(code.code());
  }

  /**
   * A signal, such as the Ctrl-C that reaches the service's whole process group, is a request to
   * stop too: the JVM waits for this hook while the loop finishes its step and writes a checkpoint.
   */
  private static void finish(ParentWatch stop, CountDownLatch ended) {
    stop.request();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ExitCode run(Path file, Consumer<TrainerEvent> parent, StopSignal stop) {
    try {
      TrainingPlan plan = read(file);
      JobLog log = new JobLog(System.err, Clock.systemUTC(), plan.totalSteps());
      if (plan.traceparent() != null) {
        log.say("traceparent " + plan.traceparent());
      }
      try {
        return train(plan, parent.andThen(log), stop);
      } catch (Throwable e) { // native errors too: whatever it is, the parent is told
        return failed(e, log, parent.andThen(log));
      }
    } catch (Throwable e) {
      return failed(e, new JobLog(System.err, Clock.systemUTC(), 0), parent);
    }
  }

  static ExitCode train(TrainingPlan plan, Consumer<TrainerEvent> events, StopSignal stop)
      throws IOException {
    Outcome outcome;
    try (TrainingSummaries summaries = new TrainingSummaries(plan, Clock.systemUTC())) {
      outcome = Trainer.train(plan, events.andThen(summaries), summaries, stop);
    }
    if (outcome instanceof Outcome.Stopped stopped) {
      events.accept(new TrainerEvent.Stopped(stopped.step()));
      return ExitCode.STOPPED;
    }
    return ExitCode.FINISHED;
  }

  private static ExitCode failed(Throwable problem, JobLog log, Consumer<TrainerEvent> events) {
    TrainerEvent.Failed failed = Failures.of(problem);
    if (failed.reason() == FailureReason.TRAINER_CRASHED) {
      log.say(problem); // the other reasons say all there is to say
    }
    events.accept(failed);
    return Failures.exitCode(failed);
  }

  private static TrainingPlan read(Path file) throws IOException {
    try {
      return SpecJson.MAPPER.readValue(Files.readAllBytes(file), TrainingPlan.class);
    } catch (JacksonException e) {
      throw new PlanException("The plan cannot be read: " + e.getMessage());
    }
  }
}
