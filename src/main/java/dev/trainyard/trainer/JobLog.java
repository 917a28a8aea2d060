package dev.trainyard.trainer;

import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerLine;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells people what happens, a line for each event, beside what TensorFlow itself has to say.
 *
 * @param out becomes the job's log
 */
record JobLog(PrintStream out, Clock clock, long totalSteps) implements Consumer<TrainerEvent> {

  @Override
  public void accept(TrainerEvent event) {
    say(describe(event));
  }

  /**
   * Marks each line as the trainer's own, and writes it at one stroke, so that what native code
   * writes to the same place does not get in between.
   */
  void say(String words) {
    words
        .lines()
        .map(line -> TrainerLine.of(clock.instant(), line) + "\n")
        .map(line -> line.getBytes(StandardCharsets.UTF_8))
        .forEach(
            line -> {
              out.write(line, 0, line.length);
              out.flush();
            });
  }

  void say(Throwable problem) {
    StringWriter trace = new StringWriter();
    problem.printStackTrace(new PrintWriter(trace));
    say(trace.toString());
  }

  private String describe(TrainerEvent event) {
    if (event instanceof TrainerEvent.Ready e) {
      return line("ready, TensorFlow %s", e.tensorflowVersion());
    }
    if (event instanceof TrainerEvent.Started e) {
      return line(
          "%s, %d steps to reach, %,d parameters, %s, TensorFlow %s",
          e.step() == 0 ? "starting from scratch" : "restored from step " + e.step(),
          e.totalSteps(),
          e.parameters(),
          e.device(),
          e.tensorflowVersion());
    }
    if (event instanceof TrainerEvent.Entered e) {
      return e.phase().name().toLowerCase(Locale.ROOT);
    }
    if (event instanceof TrainerEvent.Progress e) {
      return line(
          "step %d/%d loss %.4f accuracy %.3f learning rate %.4g %.1f images/s",
          e.step(), totalSteps, e.loss(), e.accuracy(), e.learningRate(), e.examplesPerSecond());
    }
    if (event instanceof TrainerEvent.Evaluation e) {
      String metrics =
          e.metrics().entrySet().stream()
              .map(metric -> line("%s %.4f", metric.getKey(), metric.getValue()))
              .collect(Collectors.joining(" "));
      long leftOut = e.report().leftOut();
      return line(
          "evaluation at step %d: %s of %d images%s",
          e.step(),
          metrics,
          e.report().examples(),
          leftOut == 0 ? "" : ", " + leftOut + " left out");
    }
    if (event instanceof TrainerEvent.Checkpoint e) {
      return line("checkpoint of step %d saved, %,d bytes", e.step(), e.bytes());
    }
    if (event instanceof TrainerEvent.Warning e) {
      return "warning: " + e.message();
    }
    if (event instanceof TrainerEvent.Ended e) {
      return e.message();
    }
    if (event instanceof TrainerEvent.Exported e) {
      return line("model of step %d exported, loaded back and tried", e.step());
    }
    if (event instanceof TrainerEvent.Stopped e) {
      return line("stopped on request after step %d", e.step());
    }
    if (event instanceof TrainerEvent.Failed e) {
      return line("failed: %s: %s", e.reason(), e.message());
    }
    throw new IllegalArgumentException("No words for " + event);
  }

  private static String line(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
