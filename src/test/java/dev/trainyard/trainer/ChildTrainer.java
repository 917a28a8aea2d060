package dev.trainyard.trainer;

import dev.trainyard.process.ChildJvm;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.springframework.util.unit.DataSize;

/** A program of ours in a process of its own, as the service runs it. */
public final class ChildTrainer implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param log receives standard error
   */
  public ChildTrainer(String mainClass, String argument, Path log) throws IOException {
    this(mainClass, List.of(argument), log);
  }

  /**
   * @param log receives standard error
   */
  public ChildTrainer(String mainClass, List<String> arguments, Path log) throws IOException {
    this(List.of(), mainClass, arguments, log);
  }

  /**
   * @param before that starts it
   */
  ChildTrainer(List<String> before, String mainClass, List<String> arguments, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ChildJvm().of(mainClass, DataSize.ofMegabytes(256), arguments).builder();
    builder.command().addAll(0, before);
    // As little outside the heap as would stop any real network, were it heeded.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=32m");
    this.process = builder.redirectError(log.toFile()).start();
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** A trainer that carries out the plan; its log is beside the plan. */
  public static ChildTrainer of(TinyPlan plan) throws IOException {
    Path file = plan.write();
    return new ChildTrainer(
        TrainerProcess.TRAINER_MAIN, file.toString(), file.resolveSibling("log.txt"));
  }

  /** Sends a line. */
  public void say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Ends its standard input. */
  public void hangUp() throws IOException {
    process.getOutputStream().close();
  }

  /** The next line of its standard output. */
  public String readLine() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("It ended after " + lines);
    }
    lines.add(line);
    return line;
  }

  /** Reads events up to the first that fits. */
  public TrainerEvent await(Predicate<TrainerEvent> wanted) throws IOException {
    while (true) {
      TrainerEvent event = SpecJson.MAPPER.readValue(readLine(), TrainerEvent.class);
      if (wanted.test(event)) {
        return event;
      }
    }
  }

  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends it SIGTERM. */
  public void terminate() {
    process.toHandle().destroy(); // unlike Process, a handle leaves the pipes alone
  }

  /** Its exit code, within a minute. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("It does not end; so far it said " + lines);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
