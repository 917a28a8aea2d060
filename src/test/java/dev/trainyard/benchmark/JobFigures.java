package dev.trainyard.benchmark;

import dev.trainyard.process.ChildJvm;
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

/** The figures that a whole trainer process gives, started as the service starts it. */
final class JobFigures {

  private final Options options;
  private final Path folder;

  JobFigures(Options options) throws IOException {
    this.options = options;
    this.folder = Files.createTempDirectory("benchmark");
  }

  /** From the start of the process until its first step is done. */
  Map<String, Object> start() throws IOException {
    Stopwatch watch = new Stopwatch();
    Process trainer = trainer();
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
    Process trainer = trainer();
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

  private Process trainer() throws IOException {
    TrainingPlan plan = BenchmarkPlan.of(options, folder);
    Path file = Files.write(folder.resolve("plan.json"), SpecJson.MAPPER.writeValueAsBytes(plan));
    return new ChildJvm()
        .of(TrainerProcess.TRAINER_MAIN, DataSize.ofMegabytes(512), List.of(file.toString()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static TrainerEvent event(BufferedReader events) throws IOException {
    String line = Objects.requireNonNull(events.readLine(), "the trainer ended");
    return SpecJson.MAPPER.readValue(line, TrainerEvent.class);
  }
}
