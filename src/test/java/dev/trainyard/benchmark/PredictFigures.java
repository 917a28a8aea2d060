package dev.trainyard.benchmark;

import dev.trainyard.TestToken;
import dev.trainyard.Trainyard;
import dev.trainyard.model.Exports;
import dev.trainyard.model.FinishedModel;
import dev.trainyard.model.ModelRegistry;
import dev.trainyard.model.predict.Predictors;
import dev.trainyard.process.ChildJvm;
import dev.trainyard.spec.SpecJson;
import dev.trainyard.telemetry.TrainyardMetric;
import dev.trainyard.tfrecord.ImageExample;
import dev.trainyard.tfrecord.TfRecordReader;
import dev.trainyard.trainer.protocol.TrainerProcess;
import dev.trainyard.trainer.protocol.TrainingPlan;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/**
 * Prediction over HTTP, one JPEG a request, as TensorFlow Serving's clients send it: how long a
 * request takes that comes alone, how many a second are answered when many come at once, and how
 * long the first one takes. The service runs in this process, its clients too.
 */
final class PredictFigures {

  /** What the peer reads too. */
  private static final Path ROOT = Path.of("target", "benchmark", "predict").toAbsolutePath();

  private static final int IMAGES = 64;

  /** Until Java is compiled; Python is warm at once. */
  private static final int WARM = 2000;

  private final Options options;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Path model = ROOT.resolve("export");

  PredictFigures(Options options) throws IOException, InterruptedException {
    this.options = options;
    if (!Files.isDirectory(ROOT)) {
      Path part = ROOT.resolveSibling(".part-predict");
      FileSystemUtils.deleteRecursively(part);
      Files.createDirectories(part.resolve("images"));
      TrainingPlan plan = BenchmarkPlan.of(options, part);
      writeImages(plan, part.resolve("images"));
      train(plan, part);
      FileSystemUtils.deleteRecursively(part.resolve("checkpoints"));
      Files.move(part, ROOT);
    }
  }

  Map<String, Object> measure() throws Exception {
    Path data = Files.createTempDirectory("benchmark");
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(Trainyard.class)
            .logStartupInfo(false)
            .run(
                "--server.port=0",
                "--trainyard.data-dir=" + data,
                "--trainyard.worker.slots=0",
                "--trainyard.worker.standby-trainers=0",
                "--trainyard.model.max-batch-size=" + options.text("batch", "32"))) {
      return measure(service, data);
    } finally {
      FileSystemUtils.deleteRecursively(data);
    }
  }

  private Map<String, Object> measure(ConfigurableApplicationContext service, Path data)
      throws Exception {
    publish(service, data);
    service.getBean(Predictors.class).expectUse(true);
    awaitStandby(service.getBean(MeterRegistry.class));
    int port = service.getEnvironment().getRequiredProperty("local.server.port", int.class);
    List<HttpRequest> requests = requests(port);
    Map<String, Object> figures = new TreeMap<>();
    Stopwatch watch = new Stopwatch();
    send(requests.get(0));
    figures.put("cold_s", watch.seconds());
    together(requests, options.number("warm", WARM));
    double[] milliseconds = alone(requests, options.number("samples", 300));
    figures.put("p50_ms", milliseconds[milliseconds.length / 2]);
    figures.put("p99_ms", milliseconds[(int) Math.ceil(milliseconds.length * 0.99) - 1]);
    int count = options.number("together", 1500);
    long cpu = cpuNanos();
    watch = new Stopwatch();
    together(requests, count);
    figures.put("images_per_second", count / watch.seconds());
    figures.put("cpu_ms_per_image", (cpuNanos() - cpu) / 1e6 / count);
    return figures;
  }

  /** Until a process waits, and has been idle for a second. */
  private static void awaitStandby(MeterRegistry metrics) throws InterruptedException {
    Gauge waiting = metrics.get(TrainyardMetric.STANDBY_PREDICTORS.metricName()).gauge();
    long before = -1;
    for (long now = 0; waiting.value() < 1 || now != before; now = childrensCpuNanos()) {
      before = now;
      Thread.sleep(1000);
    }
  }

  private double[] alone(List<HttpRequest> requests, int times) throws Exception {
    double[] milliseconds = new double[times];
    for (int n = 0; n < times; n++) {
      Stopwatch watch = new Stopwatch();
      send(requests.get(n % requests.size()));
      milliseconds[n] = watch.seconds() * 1000;
    }
    Arrays.sort(milliseconds);
    return milliseconds;
  }

  private void together(List<HttpRequest> requests, int times) throws Exception {
    int clients = options.number("clients", 64);
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    for (int n = 0; n < clients; n++) {
      all.add(
          threads.submit(
              () -> {
                for (int i = next.getAndIncrement(); i < times; i = next.getAndIncrement()) {
                  send(requests.get(i % requests.size()));
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
  }

  private void send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.body());
    }
  }

  private static List<HttpRequest> requests(int port) throws IOException {
    List<HttpRequest> requests = new ArrayList<>();
    for (int n = 0; n < IMAGES; n++) {
      byte[] image = Files.readAllBytes(ROOT.resolve("images").resolve(n + ".jpg"));
      String body =
          "{\"instances\": [{\"b64\": \"" + Base64.getEncoder().encodeToString(image) + "\"}]}";
      requests.add(
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + port + "/v1/models/benchmark:predict"))
              .header("Authorization", TestToken.BEARER)
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build());
    }
    return requests;
  }

  private void publish(ConfigurableApplicationContext service, Path data) throws Exception {
    Path export = Files.createDirectories(data.resolve("jobs")).resolve("export");
    FileSystemUtils.copyRecursively(model, export);
    FinishedModel made = Exports.aFinishedModel("benchmark", "benchmark", export);
    service
        .getBean(ModelRegistry.class)
        .publish(
            new FinishedModel(
                made.jobId(),
                made.model(),
                made.export(),
                made.labels(),
                service.getBean(Predictors.class).check(export),
                made.evaluation(),
                made.parameters(),
                made.step(),
                made.dataset(),
                made.spec(),
                made.warmStart(),
                made.seed(),
                made.attempts(),
                made.libraryVersions()),
            () -> {});
  }

  /** Of this process and its children. */
  private static long cpuNanos() {
    return cpuNanos(ProcessHandle.current()) + childrensCpuNanos();
  }

  private static long childrensCpuNanos() {
    return ProcessHandle.current().children().mapToLong(PredictFigures::cpuNanos).sum();
  }

  private static long cpuNanos(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
  }

  private static void writeImages(TrainingPlan plan, Path folder) throws IOException {
    int n = 0;
    for (Path shard : plan.data().validationShards()) {
      try (TfRecordReader reader = new TfRecordReader(shard)) {
        for (byte[] record = reader.read(); record != null && n < IMAGES; record = reader.read()) {
          Files.write(folder.resolve(n++ + ".jpg"), ImageExample.parse(record).encoded());
        }
      }
    }
  }

  /** A step or two: how good the model is makes no difference. */
  private static void train(TrainingPlan plan, Path folder)
      throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("plan.json"), SpecJson.MAPPER.writeValueAsBytes(plan));
    Process trainer =
        new ChildJvm()
            .of(TrainerProcess.TRAINER_MAIN, DataSize.ofMegabytes(512), List.of(file.toString()))
            .builder()
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("trainer.log").toFile())
            .start();
    if (!trainer.waitFor(10, TimeUnit.MINUTES) || trainer.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve("trainer.log")));
    }
  }
}
