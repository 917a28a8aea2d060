package dev.trainyard.benchmark;

import dev.trainyard.process.Child;
import dev.trainyard.process.ChildJvm;
import dev.trainyard.process.ChildJvm.ArchivingChild;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import dev.trainyard.trainer.protocol.TrainingPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.util.unit.DataSize;

/**
 * The figures that a whole trainer process gives, started as the service starts it: from plain jars
 * and with an archive of its classes, which the first of these objects makes.
 */
final class JobFigures {

  private static final Path CACHE = Path.of("target", "benchmark", "cache");
  private static final DataSize HEAP = DataSize.ofMegabytes(512);

  private final ChildJvm jvm = new ChildJvm(CACHE.toAbsolutePath());
  private final Path plan;

  JobFigures(Options options) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("benchmark");
    TrainingPlan content = BenchmarkPlan.of(options, folder);
    this.plan =
        Files.write(folder.resolve("plan.json"), SpecJson.MAPPER.writeValueAsBytes(content));
    archiveClasses();
  }

  private void archiveClasses() throws IOException, InterruptedException {
    Optional<ArchivingChild> archiving =
        jvm.archiving(TrainerProcess.TRAINER_MAIN, HEAP, List.of());
    if (archiving.isPresent()) {
      Process trainer = quiet(archiving.get().child());
      try (BufferedReader events = trainer.inputReader(StandardCharsets.UTF_8)) {
        event(events);
        trainer.getOutputStream().close();
        trainer.waitFor();
      }
      archiving.get().keep();
    }
  }

  /** From the start of the process until its first step is done. */
  Map<String, Object> start() throws IOException {
    Stopwatch watch = new Stopwatch();
    return untilFirstStep(trainer(List.of(plan.toString())), watch);
  }

  /** From the plan until the first step is done, by a trainer that was started ahead. */
  Map<String, Object> startAhead() throws IOException {
    Process trainer = trainer(List.of());
    TrainerEvent ready = event(trainer.inputReader(StandardCharsets.UTF_8));
    if (!(ready instanceof TrainerEvent.Ready)) {
      throw new IOException("not ready: " + ready);
    }
    Stopwatch watch = new Stopwatch();
    String words = TrainerProcess.PLAN + " " + plan + "\n";
    trainer.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
    trainer.getOutputStream().flush();
    return untilFirstStep(trainer, watch);
  }

  private static Map<String, Object> untilFirstStep(Process trainer, Stopwatch watch)
      throws IOException {
    try (BufferedReader events = trainer.inputReader(StandardCharsets.UTF_8)) {
      while (!(event(events) instanceof TrainerEvent.Progress)) {
        // until the first report, which is that of the first step
      }
      return Map.of("seconds", watch.seconds());
    } finally {
      trainer.destroyForcibly();
    }
  }

  /** From the start of the process to its end, and the accuracy of the last evaluation. */
  Map<String, Object> job() throws IOException {
    Stopwatch watch = new Stopwatch();
    Process trainer = trainer(List.of(plan.toString()));
    Optional<TrainerEvent.Evaluation> last = Optional.empty();
    try (BufferedReader events = trainer.inputReader(StandardCharsets.UTF_8)) {
      TrainerEvent event = event(events);
      while (!(event instanceof TrainerEvent.Exported)) {
        if (event instanceof TrainerEvent.Evaluation evaluation) {
          last = Optional.of(evaluation);
        }
        event = event(events);
      }
    }
    trainer.onExit().join();
    double seconds = watch.seconds();
    double accuracy = last.orElseThrow().metrics().get("accuracy");
    return Map.of("seconds", seconds, "accuracy", accuracy);
  }

  private Process trainer(List<String> arguments) throws IOException {
    return quiet(jvm.of(TrainerProcess.TRAINER_MAIN, HEAP, arguments));
  }

  private static Process quiet(Child child) throws IOException {
    return child.builder().redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static TrainerEvent event(BufferedReader events) throws IOException {
    String line = Objects.requireNonNull(events.readLine(), "the trainer ended");
    return SpecJson.MAPPER.readValue(line, TrainerEvent.class);
  }
}
