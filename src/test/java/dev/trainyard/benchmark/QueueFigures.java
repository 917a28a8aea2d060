package dev.trainyard.benchmark;

import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import dev.trainyard.ApiClient;
import dev.trainyard.TinyImages;
import dev.trainyard.Trainyard;
import dev.trainyard.database.PostgresqlServer;
import dev.trainyard.fleet.Membership;
import dev.trainyard.fleet.Offer;
import dev.trainyard.job.JobQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * How long requests and claims take while many jobs wait, one after the other: what a client sees,
 * in milliseconds.
 */
final class QueueFigures {

  private static final String JOB =
      """
      {"name": "waits", "dataset": "shapes", "model": {"type": "cnn"},
       "training": {"batchSize": 4}, "scheduling": {"priority": %d}}
      """;

  private static final Offer OFFER = new Offer(1, Set.of("CPU"), Set.of(), "{}");

  private final int waiting;
  private final int samples;

  QueueFigures(Options options) {
    this.waiting = options.number("jobs", 10_000);
    this.samples = options.number("samples", 1000);
  }

  Map<String, Object> onH2() throws IOException {
    return measure(List.of());
  }

  /** On a durable server of its own. */
  Map<String, Object> onPostgresql() throws IOException {
    try (PostgresqlServer server = PostgresqlServer.running()) {
      server.address().createDatabase("queue");
      return measure(server.address().service("queue"));
    }
  }

  private Map<String, Object> measure(List<String> database) throws IOException {
    Path data = Files.createTempDirectory("benchmark");
    List<String> arguments = new ArrayList<>();
    database.forEach(property -> arguments.add("--" + property));
    arguments.addAll(
        List.of("--server.port=0", "--trainyard.data-dir=" + data, "--trainyard.worker.slots=0"));
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(Trainyard.class)
            .logStartupInfo(false)
            .run(arguments.toArray(new String[0]))) {
      return measure(service);
    } finally {
      FileSystemUtils.deleteRecursively(data);
    }
  }

  private Map<String, Object> measure(ConfigurableApplicationContext service) {
    ApiClient api =
        new ApiClient(service.getEnvironment().getRequiredProperty("local.server.port", int.class));
    JobQueue queue = service.getBean(JobQueue.class);
    String worker = service.getBean(Membership.class).id();
    upload(api);
    for (int n = 0; n < waiting; n++) {
      post(api);
    }
    Map<String, Object> figures = new TreeMap<>();
    figures.putAll(percentiles("post", samples, () -> post(api)));
    figures.putAll(
        percentiles("list", samples / 2, () -> expect(200, api.get("/api/v1/jobs?state=QUEUED"))));
    figures.putAll(
        percentiles("scrape", samples / 2, () -> expect(200, api.get("/actuator/prometheus"))));
    figures.putAll(
        percentiles("claim", samples / 2, () -> queue.claim(worker, OFFER).orElseThrow()));
    return figures;
  }

  private static void upload(ApiClient api) {
    Map<String, String> fields = Map.of("name", "shapes");
    expect(202, api.upload("/api/v1/datasets", "shapes.zip", TinyImages.zip(4, 1), fields));
    String dataset = "/api/v1/datasets/shapes";
    await()
        .atMost(ofSeconds(60))
        .until(() -> api.get(dataset).json().get("state").asString().equals("READY"));
  }

  private static void post(ApiClient api) {
    int priority = ThreadLocalRandom.current().nextInt(-5, 6);
    expect(202, api.post("/api/v1/jobs", JOB.formatted(priority)));
  }

  private static void expect(int status, ApiClient.Answer answer) {
    if (answer.status() != status) {
      throw new IllegalStateException(answer.text());
    }
  }

  private static Map<String, Object> percentiles(String name, int times, Runnable work) {
    double[] milliseconds = new double[times];
    for (int n = 0; n < times; n++) {
      Stopwatch watch = new Stopwatch();
      work.run();
      milliseconds[n] = watch.seconds() * 1000;
    }
    Arrays.sort(milliseconds);
    return Map.of(
        name + "_p50_ms", milliseconds[times / 2],
        name + "_p99_ms", milliseconds[(int) Math.ceil(times * 0.99) - 1]);
  }
}
