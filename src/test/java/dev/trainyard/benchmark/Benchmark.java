package dev.trainyard.benchmark;

import dev.trainyard.process.ChildJvm;
import dev.trainyard.spec.SpecJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.util.unit.DataSize;

/**
 * Measures Trainyard, against Keras where Keras does the same: figure by figure, one program after
 * the other in turns, so that both see the same machine. One JSON line a measurement, then one with
 * the medians and their ratio.
 *
 * <p>Options: {@code --data} folder of TFRecord shards of five classes, without which they are
 * drawn; {@code --python} an interpreter with TensorFlow, without which only our own figures are
 * taken; {@code --rounds} 5; {@code --figures} a comma-separated list.
 */
public final class Benchmark {

  /** The programs that are a whole trainer process. */
  private static final List<String> JOBS = List.of("start", "start_ahead", "job");

  private final Options options;
  private final Path data;

  private Benchmark(Options options) throws IOException {
    this.options = options;
    Optional<Path> given = options.path("data");
    this.data =
        given.isPresent()
            ? given.get()
            : BenchmarkImages.in(Path.of("target", "benchmark", "data"));
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    new Benchmark(Options.of(arguments, 0)).run();
  }

  private void run() throws IOException, InterruptedException {
    String wanted = options.text("figures", String.join(",", Figure.USUAL));
    for (String name : wanted.split(",")) {
      Figure figure = Figure.named(name);
      Map<String, List<Map<String, Object>>> measured = new LinkedHashMap<>();
      for (int round = 1; round <= options.number("rounds", 5); round++) {
        measure(figure, round, "trainyard", measured);
        if (options.path("python").isPresent() && figure.hasPeer()) {
          measure(figure, round, "keras", measured);
        }
      }
      summarize(figure, measured);
    }
  }

  private void measure(
      Figure figure, int round, String who, Map<String, List<Map<String, Object>>> measured)
      throws IOException, InterruptedException {
    Map<String, Object> result = who.equals("keras") ? keras(figure, round) : own(figure, round);
    measured.computeIfAbsent(who, key -> new ArrayList<>()).add(result);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("figure", figure.name());
    line.put("round", round);
    line.put("who", who);
    line.putAll(result);
    print(line);
  }

  private Map<String, Object> own(Figure figure, int round)
      throws IOException, InterruptedException {
    List<String> arguments = arguments(figure.program(), figure.options(), round);
    Options given = Options.of(arguments.toArray(String[]::new), 1);
    if (figure.program().equals("queue")) {
      return new QueueFigures(given).on(given.text("database", "h2"));
    }
    if (figure.program().equals("curves")) {
      return new CurveFigures(given).on(given.text("database", "h2"));
    }
    if (figure.program().equals("predict")) {
      return predict(given);
    }
    if (figure.program().equals("listeners")) {
      return new ListenerFigures(given).measure();
    }
    if (figure.program().equals("large")) {
      return new LargeFigures(given).measure();
    }
    if (JOBS.contains(figure.program())) {
      JobFigures jobs = new JobFigures(given);
      return new TreeMap<>(
          switch (figure.program()) {
            case "start" -> jobs.start();
            case "start_ahead" -> jobs.startAhead();
            default -> jobs.job();
          });
    }
    String program =
        switch (figure.program()) {
          case "convert" -> "dev.trainyard.dataset.convert.ConvertFigures";
          case "convert_parts" -> "dev.trainyard.dataset.image.IntakeFigures";
          default -> "dev.trainyard.trainer.loop.LoopFigures";
        };
    return result(new ChildJvm().of(program, DataSize.ofMegabytes(512), arguments).builder());
  }

  private static Map<String, Object> predict(Options given)
      throws IOException, InterruptedException {
    try {
      return new PredictFigures(given).measure();
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private Map<String, Object> keras(Figure figure, int round)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(options.path("python").orElseThrow().toString());
    if (figure.program().equals("predict")) {
      command.addAll(
          List.of("src/test/python/predict_peer.py", "--model", "target/benchmark/predict/export"));
      command.addAll(List.of("--images", "target/benchmark/predict/images"));
      command.addAll(List.of(figure.peerOptions().split(" ")));
    } else {
      command.add(
          figure.program().equals("convert")
              ? "src/test/python/convert_peer.py"
              : "src/test/python/keras_peer.py");
      command.addAll(arguments(figure.program(), figure.peerOptions(), round));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .put("BENCHMARK_BEGIN", Double.toString(System.currentTimeMillis() / 1000.0));
    return result(builder);
  }

  private List<String> arguments(String program, String own, int round) {
    List<String> arguments = new ArrayList<>(List.of(program));
    if (!own.isEmpty()) {
      arguments.addAll(Arrays.asList(own.split(" ")));
    }
    arguments.addAll(List.of("--data", data.toString()));
    arguments.addAll(List.of("--output", "target/benchmark/round-" + round));
    arguments.addAll(List.of("--seed", Integer.toString(round)));
    return arguments;
  }

  private static Map<String, Object> result(ProcessBuilder builder)
      throws IOException, InterruptedException {
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(builder.command() + " failed: " + out);
    }
    String last = out.lines().reduce((first, second) -> second).orElse("{}");
    Map<String, Object> result = new TreeMap<>();
    SpecJson.MAPPER
        .readTree(last)
        .properties()
        .forEach(value -> result.put(value.getKey(), value.getValue().asDouble()));
    return result;
  }

  private static void summarize(Figure figure, Map<String, List<Map<String, Object>>> measured) {
    for (String measure : measured.get("trainyard").get(0).keySet()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("figure", figure.name());
      line.put("measure", measure);
      measured.forEach((who, results) -> line.put(who, median(results, measure)));
      if (line.get("keras") instanceof Double keras
          && line.get("trainyard") instanceof Double trainyard) {
        line.put("ratio", trainyard / keras);
      }
      print(line);
    }
  }

  private static Double median(List<Map<String, Object>> results, String measure) {
    double[] sorted =
        results.stream()
            .filter(result -> result.containsKey(measure))
            .mapToDouble(result -> (Double) result.get(measure))
            .sorted()
            .toArray();
    return sorted.length == 0
        ? Double.NaN
        : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static void print(Map<String, Object> line) {
    System.out.println(SpecJson.MAPPER.writeValueAsString(line));
  }
}
